// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "shell/report.hpp"
#include "velocal/calibration/source_gain.hpp"

namespace velocal {

/// The lines and how far they are off, gain and zero of the pixels and of the chip.
Report gain_report(std::string_view title, const SourceGain& gain);

}  // namespace velocal
