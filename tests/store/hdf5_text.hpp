// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <catch2/catch.hpp>
#include <string>

namespace velocal::test {

/// A text attribute as HDF5 itself reads it, of the type that is promised.
inline std::string text(const H5::H5Object& object, const std::string& name) {
  const H5::Attribute attribute = object.openAttribute(name);
  const H5::StrType type = attribute.getStrType();
  CHECK(type.isVariableStr());
  CHECK(type.getCset() == H5T_CSET_UTF8);
  std::string value;
  attribute.read(type, value);
  return value;
}

}  // namespace velocal::test
