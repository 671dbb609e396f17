// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/number_attributes.hpp"

#include <cstdint>

#include "velocal/store/hdf5/hdf5_attribute.hpp"

namespace velocal {

void write_uncertain(const H5::Group& group, const std::string& name, Uncertain quantity) {
  write_number<double>(group, name, quantity.value);
  write_number<double>(group, name + "_error", quantity.error);
}

Uncertain read_uncertain(const H5::Group& group, const std::string& name) {
  return {read_number<double>(group, name), read_number<double>(group, name + "_error")};
}

void write_means(const H5::Group& group, const std::string& name, const PixelMeans& means) {
  write_number<std::uint64_t>(group, name + "_pixels", means.pixels);
  write_number<double>(group, name + "_mean", means.mean);
  write_number<double>(group, name + "_std", means.standard_deviation);
  write_number<double>(group, name + "_mean_error", means.mean_error);
}

PixelMeans read_means(const H5::Group& group, const std::string& name) {
  return {read_number<std::uint64_t>(group, name + "_pixels"), read_number<double>(group, name + "_mean"),
          read_number<double>(group, name + "_std"), read_number<double>(group, name + "_mean_error")};
}

}  // namespace velocal
