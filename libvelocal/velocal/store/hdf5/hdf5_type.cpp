// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/hdf5_type.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>

namespace velocal {
namespace {

std::string text_of(const Shape& shape) {
  std::vector<std::string> lengths;
  for (const hsize_t length : shape) lengths.push_back(length >= any_text_length ? "any" : fmt::format("{}", length));
  return fmt::format("[{}]", fmt::join(lengths, ", "));
}

}  // namespace

using H5::PredType;

template <>
NumberType number_type<std::int8_t>() {
  return {PredType::STD_I8LE, PredType::NATIVE_INT8};
}
template <>
NumberType number_type<std::uint8_t>() {
  return {PredType::STD_U8LE, PredType::NATIVE_UINT8};
}
template <>
NumberType number_type<std::int32_t>() {
  return {PredType::STD_I32LE, PredType::NATIVE_INT32};
}
template <>
NumberType number_type<std::uint32_t>() {
  return {PredType::STD_U32LE, PredType::NATIVE_UINT32};
}
template <>
NumberType number_type<std::uint64_t>() {
  return {PredType::STD_U64LE, PredType::NATIVE_UINT64};
}
template <>
NumberType number_type<double>() {
  return {PredType::IEEE_F64LE, PredType::NATIVE_DOUBLE};
}

H5::StrType text_type() {
  H5::StrType type(PredType::C_S1, H5T_VARIABLE);
  type.setCset(H5T_CSET_UTF8);
  return type;
}

H5::DataSpace space_of(const Shape& shape) {
  return shape.empty() ? H5::DataSpace(H5S_SCALAR) : H5::DataSpace(static_cast<int>(shape.size()), shape.data());
}

Shape shape_of(const H5::DataSpace& space) {
  if (space.getSimpleExtentType() == H5S_NULL) return {0};
  Shape shape(static_cast<std::size_t>(space.getSimpleExtentNdims()));
  if (!shape.empty()) space.getSimpleExtentDims(shape.data());
  return shape;
}

void require_shape(const std::string& object, const Shape& found, const Shape& wanted) {
  const auto fits = [](hsize_t has, hsize_t wants) {
    if (wants == any_length) return has <= longest_list;
    return wants == any_text_length ? has <= longest_text : has == wants;
  };
  if (std::equal(found.begin(), found.end(), wanted.begin(), wanted.end(), fits)) return;
  throw Hdf5Problem(object, fmt::format("its shape is {}, not {}", text_of(found), text_of(wanted)));
}

void require_count(const std::string& object, std::size_t values, const Shape& shape) {
  hsize_t wanted = 1;
  for (const hsize_t length : shape) wanted *= length;
  if (values != wanted) throw Hdf5Problem(object, fmt::format("{} values for the shape {}", values, text_of(shape)));
}

void require_type(const std::string& object, const H5::DataType& found, const H5::DataType& wanted) {
  if (!(found == wanted)) throw Hdf5Problem(object, "its values are of another type");
}

std::string member_path(const H5::H5Object& parent, const std::string& name) {
  const std::string path = parent.getObjName();
  return path == "/" ? path + name : path + "/" + name;
}

std::vector<const char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

HeldTexts::HeldTexts(const H5::DataType& type, const H5::DataSpace& space)
    : type_(type), space_(space), pointers_(static_cast<std::size_t>(space.getSimpleExtentNpoints()), nullptr) {}

HeldTexts::~HeldTexts() {
  if (pointers_.empty()) return;  // to HDF5 that is an error
  H5Dvlen_reclaim(type_.getId(), space_.getId(), H5P_DEFAULT, pointers_.data());
}

std::vector<std::string> HeldTexts::copy() const {
  std::vector<std::string> texts;
  for (const char* text : pointers_) texts.emplace_back(text == nullptr ? "" : text);
  return texts;
}

}  // namespace velocal
