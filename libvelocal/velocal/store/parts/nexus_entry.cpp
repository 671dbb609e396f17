// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/nexus_entry.hpp"

#include <vector>

#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/hdf5/hdf5_object.hpp"

namespace velocal {
namespace {

const std::string entry_name = "entry";

std::vector<std::string> members_of(const H5::Group& group) {
  std::vector<std::string> names;
  for (hsize_t i = 0; i < group.getNumObjs(); ++i) names.push_back(group.getObjnameByIdx(i));
  return names;
}

/// Both names are of one object then.
void link(const H5::Group& from, const std::string& member, const H5::Group& to) {
  if (H5Lcreate_hard(from.getId(), member.c_str(), to.getId(), member.c_str(), H5P_DEFAULT, H5P_DEFAULT) < 0) {
    throw H5::GroupIException("H5Lcreate_hard", "failed");
  }
}

bool is_data(const H5::Group& parent, const std::string& name) {
  if (parent.childObjType(name) != H5O_TYPE_GROUP) return false;
  const H5::Group group = open_group(parent, name);
  return has_attribute(group, "NX_class") && read_text_attribute(group, "NX_class") == "NXdata";
}

/// What the dimensions of an array over pixels are; empty: it is none.
std::vector<std::string> axes_of(const H5::Group& root, const std::string& name) {
  if (root.childObjType(name) != H5O_TYPE_DATASET) return {};
  const H5::DataSpace space = open_dataset(root, name).getSpace();
  std::vector<hsize_t> extent(static_cast<std::size_t>(space.getSimpleExtentNdims()));
  if (extent.size() < 2) return {};
  space.getSimpleExtentDims(extent.data());
  if (extent.size() == 2) return {"row", "column"};
  return has_member(root, "threshold") ? std::vector<std::string>{"threshold", "row", "column"}
                                       : std::vector<std::string>{};
}

void link_all_data(const H5::Group& from, const H5::Group& entry) {
  for (const std::string& name : members_of(from)) {
    if (is_data(from, name)) link(from, name, entry);
  }
}

void wrap_arrays(const H5::Group& root, const H5::Group& entry) {
  for (const std::string& name : members_of(root)) {
    const std::vector<std::string> axes = axes_of(root, name);
    if (axes.empty()) continue;
    const H5::Group data = create_group(entry, name);
    write_text_attribute(data, "NX_class", "NXdata");
    write_text_attribute(data, "signal", name);
    write_texts_attribute(data, "axes", axes);
    link(root, name, data);
    for (const std::string& axis : axes) link(root, axis, data);
  }
}

}  // namespace

void write_nexus_entry(const H5::Group& root, const std::string& shown) {
  const H5::Group entry = create_group(root, entry_name);
  write_text_attribute(root, "NX_class", "NXroot");
  write_text_attribute(root, "default", entry_name);
  write_text_attribute(entry, "NX_class", "NXentry");
  link_all_data(root, entry);
  if (has_member(root, "parameters")) link_all_data(open_group(root, "parameters"), entry);
  wrap_arrays(root, entry);
  if (has_member(entry, shown)) {
    write_text_attribute(entry, "default", shown);
  } else if (entry.getNumObjs() > 0) {
    write_text_attribute(entry, "default", entry.getObjnameByIdx(0));
  }
}

}  // namespace velocal
