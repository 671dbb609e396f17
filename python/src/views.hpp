// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/numpy.h>

#include <utility>
#include <vector>

#include "velocal/velocal.hpp"

namespace velocal::python {

using Shape = std::vector<pybind11::ssize_t>;

/// An array over values that `owner` holds, without a copy. It cannot be written to, and keeps the owner alive.
template <class T>
pybind11::array_t<T> view(const pybind11::object& owner, const T* values, const Shape& shape) {
  pybind11::array_t<T> array(shape, values, owner);
  pybind11::detail::array_proxy(array.ptr())->flags &= ~pybind11::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  return array;
}

template <class T>
pybind11::array_t<T> view(const pybind11::object& owner, const std::vector<T>& values) {
  return view(owner, values.data(), {static_cast<pybind11::ssize_t>(values.size())});
}

template <class T>
pybind11::array_t<T> view(const pybind11::object& owner, const PixelMatrix<T>& matrix) {
  return view(owner, matrix.data(), {pixel_rows, pixel_columns});
}

/// The masked pixels as True.
inline pybind11::array view_mask(const pybind11::object& owner, const PixelMask& mask) {
  return view(owner, mask).view("bool");
}

/// A read-only property that is a view of what `member(value)` gives.
template <class Class, class Member>
void add_view(Class& type, const char* name, Member member, const char* doc) {
  type.def_property_readonly(
      name, [member](const pybind11::object& self) { return view(self, member(self.cast<typename Class::type&>())); },
      doc);
}

}  // namespace velocal::python
