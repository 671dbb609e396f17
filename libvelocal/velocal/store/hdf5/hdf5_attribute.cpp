// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/hdf5_attribute.hpp"

namespace velocal {
namespace {

std::string attribute_path(const H5::H5Object& object, const std::string& name) {
  return object.getObjName() + "@" + name;
}

void write_attribute(const H5::H5Object& object, const std::string& name, const Shape& shape,
                     const H5::DataType& file_type, const H5::DataType& memory_type, const void* values) {
  told_of(attribute_path(object, name),
          [&] { object.createAttribute(name, file_type, space_of(shape)).write(memory_type, values); });
}

H5::Attribute open_attribute(const H5::H5Object& object, const std::string& name) {
  if (!has_attribute(object, name)) throw Hdf5Problem(attribute_path(object, name), "it is missing");
  return object.openAttribute(name);
}

std::vector<std::string> attribute_texts(const H5::H5Object& object, const std::string& name, const Shape& shape) {
  const std::string path = attribute_path(object, name);
  return told_of(path, [&] {
    const H5::Attribute attribute = open_attribute(object, name);
    return texts_of(path, attribute, shape, [&](const auto& type, char** texts) { attribute.read(type, texts); });
  });
}

}  // namespace

void write_text_attribute(const H5::H5Object& object, const std::string& name, std::string_view text) {
  const std::string terminated(text);
  const char* pointer = terminated.c_str();
  write_attribute(object, name, {}, text_type(), text_type(), &pointer);
}

void write_texts_attribute(const H5::H5Object& object, const std::string& name, const std::vector<std::string>& texts) {
  write_attribute(object, name, {texts.size()}, text_type(), text_type(), pointers_to(texts).data());
}

void write_scalar_attribute(const H5::H5Object& object, const std::string& name, const NumberType& type,
                            const void* value) {
  write_attribute(object, name, {}, type.file, type.memory, value);
}

bool has_attribute(const H5::H5Object& object, const std::string& name) {
  return told_of(attribute_path(object, name), [&] {
    const htri_t exists = H5Aexists(object.getId(), name.c_str());
    if (exists < 0) throw H5::AttributeIException("H5Aexists", "failed");
    return exists > 0;
  });
}

std::string read_text_attribute(const H5::H5Object& object, const std::string& name) {
  return attribute_texts(object, name, {}).at(0);
}

std::vector<std::string> read_texts_attribute(const H5::H5Object& object, const std::string& name) {
  return attribute_texts(object, name, {any_length});
}

void read_scalar_attribute(const H5::H5Object& object, const std::string& name, const NumberType& type, void* value) {
  const std::string path = attribute_path(object, name);
  told_of(path, [&] {
    const H5::Attribute attribute = open_attribute(object, name);
    require_type(path, attribute.getDataType(), type.file);
    require_shape(path, shape_of(attribute.getSpace()), {});
    attribute.read(type.memory, value);
  });
}

}  // namespace velocal
