// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/store/hdf5/hdf5_type.hpp"

// Attributes of files, groups and arrays. Everything throws Hdf5Problem with `<path of the object>@<name>`.

namespace velocal {

void write_text_attribute(const H5::H5Object& object, const std::string& name, std::string_view text);
void write_texts_attribute(const H5::H5Object& object, const std::string& name, const std::vector<std::string>& texts);
void write_scalar_attribute(const H5::H5Object& object, const std::string& name, const NumberType& type,
                            const void* value);

bool has_attribute(const H5::H5Object& object, const std::string& name);
std::string read_text_attribute(const H5::H5Object& object, const std::string& name);
std::vector<std::string> read_texts_attribute(const H5::H5Object& object, const std::string& name);
void read_scalar_attribute(const H5::H5Object& object, const std::string& name, const NumberType& type, void* value);

template <class T>
void write_number(const H5::H5Object& object, const std::string& name, T value) {
  write_scalar_attribute(object, name, number_type<T>(), &value);
}

template <class T>
T read_number(const H5::H5Object& object, const std::string& name) {
  T value{};
  read_scalar_attribute(object, name, number_type<T>(), &value);
  return value;
}

/// The value that a word stands for, by a function that throws UsageError when there is no such word.
template <class Parse>
auto read_word(const H5::H5Object& object, const std::string& name, Parse&& parse) {
  try {
    return parse(read_text_attribute(object, name));
  } catch (const UsageError& error) {
    throw Hdf5Problem(object.getObjName() + "@" + name, error.what());
  }
}

}  // namespace velocal
