// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "golden_data.hpp"
#include "velocal/calibration/calibration.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal::test {

/// The golden scan as we see it, and the folder of what the reference analysis made of it.
struct Golden {
  Dataset dataset;
  FluxCube cube;
  ScanFit fit;
  Calibration calibration;
  std::filesystem::path expected;
};

/// The reference divides the ASIC's flux by all pixels, we by those that are not masked (docs/physics.md,
/// "Deviations from the analysis that velocal replaces").
inline constexpr double per_live_pixel = 65536.0 / 65485.0;

// Each compares with the reference, prints the share of agreement, and requires that of the golden scan's description.
void check_fluxes(const Golden& golden);
void check_pixel_fits(const Golden& golden);
void check_asic(const Golden& golden);
void check_means(const Golden& golden);
void check_export(const Golden& golden);

/// Prints the share of agreement and requires at least `percent`.
void require_agreement(const std::string& what, const Agreement& agreement, double percent);

}  // namespace velocal::test
