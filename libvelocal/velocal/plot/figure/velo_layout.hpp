// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace velocal {

// The VELO has 52 modules of four sensors with three chips each (LHCb-DP-2024-001, arXiv:2404.13615). LHCb's geometry
// has the odd modules in its left half, which is the A side, and the even ones in the right half, the C side
// (VPLeft/Module01, VPRight/Module00).
inline constexpr int velo_modules = 52;
inline constexpr int velo_sensors = 4;
inline constexpr int velo_chips = 3;

enum class VeloSide { a, c };

/// Where a chip is.
struct VeloPlace {
  int module = 0;  ///< 0...51
  int sensor = 0;  ///< 0...3
  int chip = 0;    ///< 0...2, of the sensor

  VeloSide side() const { return module % 2 == 1 ? VeloSide::a : VeloSide::c; }
};

/// The place of `Module<module>_VP<sensor>-<chip>`; empty: the name is another.
std::optional<VeloPlace> velo_place(std::string_view asic);

}  // namespace velocal
