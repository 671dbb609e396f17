// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "shell/report.hpp"
#include "velocal/calibration/calibration.hpp"

// What reports of means over pixels have in common.

namespace velocal {

Json to_json(const PixelMeans& means);

/// A line's two numbers, one under the other.
std::string columns(std::string_view first, std::string_view second);

}  // namespace velocal
