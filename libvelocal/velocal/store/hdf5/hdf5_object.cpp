// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/hdf5_object.hpp"

#include <algorithm>

namespace velocal {
namespace {

/// What has no elements cannot be chunked.
H5::DSetCreatPropList array_properties(const Shape& shape) {
  H5::DSetCreatPropList properties;
  set_object_creation(properties.getId());
  if (std::find(shape.begin(), shape.end(), hsize_t{0}) != shape.end()) return properties;
  Shape chunk = shape;
  if (chunk.size() == 3) chunk[0] = 1;
  properties.setChunk(static_cast<int>(chunk.size()), chunk.data());
  properties.setShuffle();
  properties.setDeflate(1);
  properties.setFletcher32();
  properties.setFillTime(H5D_FILL_TIME_NEVER);
  return properties;
}

}  // namespace

H5::Group create_group(const H5::Group& parent, const std::string& name) {
  return told_of(member_path(parent, name), [&] {
    const H5::PropList properties(H5P_GROUP_CREATE);
    set_group_creation(properties.getId());
    const hid_t group = H5Gcreate2(parent.getId(), name.c_str(), H5P_DEFAULT, properties.getId(), H5P_DEFAULT);
    if (group < 0) throw H5::GroupIException("H5Gcreate2", "failed");
    H5Gclose(group);
    return parent.openGroup(name);
  });
}

H5::Group open_group(const H5::Group& parent, const std::string& name) {
  return told_of(member_path(parent, name), [&] {
    if (!has_member(parent, name)) throw Hdf5Problem(member_path(parent, name), "it is missing");
    return parent.openGroup(name);
  });
}

bool has_member(const H5::Group& parent, const std::string& name) {
  return told_of(member_path(parent, name), [&] {
    const htri_t exists = H5Lexists(parent.getId(), name.c_str(), H5P_DEFAULT);
    if (exists < 0) throw H5::GroupIException("H5Lexists", "failed");
    return exists > 0;
  });
}

H5::DataSet open_dataset(const H5::Group& parent, const std::string& name) {
  return told_of(member_path(parent, name), [&] {
    if (!has_member(parent, name)) throw Hdf5Problem(member_path(parent, name), "it is missing");
    return parent.openDataSet(name);
  });
}

H5::DataSet create_array(const H5::Group& parent, const std::string& name, const Shape& shape, const NumberType& type,
                         const void* values) {
  return told_of(member_path(parent, name), [&] {
    H5::DataSet array = parent.createDataSet(name, type.file, space_of(shape), array_properties(shape));
    if (array.getSpace().getSimpleExtentNpoints() > 0) array.write(values, type.memory);
    return array;
  });
}

H5::DataSet open_array(const H5::Group& parent, const std::string& name, const Shape& shape, const NumberType& type) {
  const std::string path = member_path(parent, name);
  return told_of(path, [&] {
    H5::DataSet array = open_dataset(parent, name);
    require_type(path, array.getDataType(), type.file);
    require_shape(path, shape_of(array.getSpace()), shape);
    return array;
  });
}

void read_array(const H5::DataSet& array, const NumberType& type, void* values) {
  told_of(array.getObjName(), [&] {
    if (array.getSpace().getSimpleExtentNpoints() > 0) array.read(values, type.memory);
  });
}

H5::DataSet create_texts(const H5::Group& parent, const std::string& name, const std::vector<std::string>& texts) {
  return told_of(member_path(parent, name), [&] {
    const H5::DSetCreatPropList properties;
    set_object_creation(properties.getId());
    H5::DataSet array = parent.createDataSet(name, text_type(), space_of({texts.size()}), properties);
    if (!texts.empty()) array.write(pointers_to(texts).data(), text_type());
    return array;
  });
}

std::vector<std::string> read_texts(const H5::Group& parent, const std::string& name, const Shape& shape) {
  const std::string path = member_path(parent, name);
  return told_of(path, [&] {
    const H5::DataSet array = open_dataset(parent, name);
    return texts_of(path, array, shape, [&](const auto& type, char** texts) { array.read(texts, type); });
  });
}

}  // namespace velocal
