// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/dispersion_group.hpp"

#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/hdf5/hdf5_object.hpp"

namespace velocal {

void write_dispersion(const H5::Group& root, Uncertain dispersion) {
  const H5::Group group = create_group(root, "dispersion");
  write_number<double>(group, "value", dispersion.value);
  write_number<double>(group, "error", dispersion.error);
}

Uncertain read_dispersion(const H5::Group& root) {
  if (!has_member(root, "dispersion")) return {};
  const H5::Group group = open_group(root, "dispersion");
  return {read_number<double>(group, "value"), read_number<double>(group, "error")};
}

}  // namespace velocal
