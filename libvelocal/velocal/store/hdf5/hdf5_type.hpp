// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "velocal/store/hdf5/hdf5_image.hpp"

namespace velocal {

using Shape = std::vector<hsize_t>;  ///< {} = a single value

/// A length in a wanted shape: whatever the file has, up to the longest list of thresholds, parameters or bytes that
/// may be. A damaged header must not ask for terabytes.
inline constexpr hsize_t any_length = ~hsize_t{0};
inline constexpr hsize_t longest_list = hsize_t{1} << 24;
/// Likewise of the bytes of a text: the list of a scan's files has some 75 for each.
inline constexpr hsize_t any_text_length = any_length - 1;
inline constexpr hsize_t longest_text = hsize_t{1} << 28;

/// A number as it stands in files (little-endian) and in memory.
struct NumberType {
  const H5::PredType& file;
  const H5::PredType& memory;
};

/// Defined for int8, uint8, int32, uint32, uint64 and double.
template <class T>
NumberType number_type();
template <>
NumberType number_type<std::int8_t>();
template <>
NumberType number_type<std::uint8_t>();
template <>
NumberType number_type<std::int32_t>();
template <>
NumberType number_type<std::uint32_t>();
template <>
NumberType number_type<std::uint64_t>();
template <>
NumberType number_type<double>();

/// UTF-8 of variable length: a Python str.
H5::StrType text_type();

H5::DataSpace space_of(const Shape& shape);
Shape shape_of(const H5::DataSpace& space);
/// Throws Hdf5Problem when the shape found is not the wanted one.
void require_shape(const std::string& object, const Shape& found, const Shape& wanted);
/// Throws Hdf5Problem when the shape is not one of so many values.
void require_count(const std::string& object, std::size_t values, const Shape& shape);
/// Throws Hdf5Problem when the type found is not the wanted one.
void require_type(const std::string& object, const H5::DataType& found, const H5::DataType& wanted);

/// Path of a member in the file.
std::string member_path(const H5::H5Object& parent, const std::string& name);
std::vector<const char*> pointers_to(const std::vector<std::string>& texts);

/// Texts as HDF5 hands them out, one allocation each.
class HeldTexts {
 public:
  HeldTexts(const H5::DataType& type, const H5::DataSpace& space);
  ~HeldTexts();
  HeldTexts(const HeldTexts&) = delete;
  HeldTexts& operator=(const HeldTexts&) = delete;

  char** data() { return pointers_.data(); }
  std::vector<std::string> copy() const;

 private:
  const H5::DataType& type_;
  const H5::DataSpace& space_;
  std::vector<char*> pointers_;
};

/// Reads the texts of an array or attribute; read(type, pointers) fills one pointer a text.
template <class Source, class Read>
std::vector<std::string> texts_of(const std::string& object, const Source& source, const Shape& wanted, Read&& read) {
  const H5::DataType type = source.getDataType();
  require_type(object, type, text_type());
  const H5::DataSpace space = source.getSpace();
  require_shape(object, shape_of(space), wanted);
  HeldTexts texts(type, space);
  if (space.getSimpleExtentNpoints() > 0) read(type, texts.data());
  return texts.copy();
}

}  // namespace velocal
