// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "shell/report.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// Acquisitions by quality, live time and masked pixels of a scan, whose `title` is like "N037/warm".
Report flux_report(std::string_view title, const FluxCube& cube);

}  // namespace velocal
