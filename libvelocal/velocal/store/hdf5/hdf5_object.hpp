// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <cstddef>
#include <string>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/store/hdf5/hdf5_type.hpp"

// Groups and arrays. Everything throws Hdf5Problem with the path of the object.

namespace velocal {

inline const Shape matrix_shape{pixel_rows, pixel_columns};

H5::Group create_group(const H5::Group& parent, const std::string& name);
H5::Group open_group(const H5::Group& parent, const std::string& name);
H5::DataSet open_dataset(const H5::Group& parent, const std::string& name);
bool has_member(const H5::Group& parent, const std::string& name);

/// Filters: shuffle, deflate 1, fletcher32. An array of rank 3 has a chunk for each index of the first dimension,
/// others are one chunk.
H5::DataSet create_array(const H5::Group& parent, const std::string& name, const Shape& shape, const NumberType& type,
                         const void* values);
/// Opens an array of that type and shape; throws when it has others.
H5::DataSet open_array(const H5::Group& parent, const std::string& name, const Shape& shape, const NumberType& type);
void read_array(const H5::DataSet& array, const NumberType& type, void* values);

H5::DataSet create_texts(const H5::Group& parent, const std::string& name, const std::vector<std::string>& texts);
std::vector<std::string> read_texts(const H5::Group& parent, const std::string& name, const Shape& shape);

/// Throws also when there are not as many values as the shape says.
template <class T>
H5::DataSet write_values(const H5::Group& parent, const std::string& name, const Shape& shape,
                         const std::vector<T>& values) {
  require_count(member_path(parent, name), values.size(), shape);
  return create_array(parent, name, shape, number_type<T>(), values.data());
}

template <class T>
std::vector<T> read_values(const H5::Group& parent, const std::string& name, const Shape& shape) {
  const H5::DataSet array = open_array(parent, name, shape, number_type<T>());
  std::vector<T> values(static_cast<std::size_t>(array.getSpace().getSimpleExtentNpoints()));
  read_array(array, number_type<T>(), values.data());
  return values;
}

template <class T>
H5::DataSet write_matrix(const H5::Group& parent, const std::string& name, const PixelMatrix<T>& matrix) {
  return create_array(parent, name, matrix_shape, number_type<T>(), matrix.data());
}

template <class T>
PixelMatrix<T> read_matrix(const H5::Group& parent, const std::string& name) {
  PixelMatrix<T> matrix;
  read_array(open_array(parent, name, matrix_shape, number_type<T>()), number_type<T>(), matrix.data());
  return matrix;
}

}  // namespace velocal
