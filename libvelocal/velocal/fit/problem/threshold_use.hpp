// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace velocal {

/// Whether a threshold of a scan takes part in the fits, and if not why; the order is that of the names in fit.h5.
enum class ThresholdUse : std::uint8_t {
  used,
  outside_range,  ///< of the setting `range`
  noise,          ///< at the scan's beginning, where nearly all curves count noise
  glitch,         ///< nearly all curves count too much or too little here, and not beside it
};

inline constexpr std::array<std::string_view, 4> threshold_use_names{"used", "outside the range", "noise", "glitch"};

}  // namespace velocal
