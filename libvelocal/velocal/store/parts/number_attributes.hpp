// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <string>

#include "velocal/calibration/calibration.hpp"
#include "velocal/core/uncertain.hpp"

namespace velocal {

/// Attributes `<name>` and `<name>_error`.
void write_uncertain(const H5::Group& group, const std::string& name, Uncertain quantity);
Uncertain read_uncertain(const H5::Group& group, const std::string& name);

/// Attributes `<name>_pixels`, `<name>_mean`, `<name>_std` and `<name>_mean_error`.
void write_means(const H5::Group& group, const std::string& name, const PixelMeans& means);
PixelMeans read_means(const H5::Group& group, const std::string& name);

}  // namespace velocal
