// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/cube_in_use.hpp"
#include "velocal/fit/curves/status_fitter.hpp"
#include "velocal/fit/line_origins.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// Fits of one scan that have converged and were rejected: maps have good pixels only, so this makes the fits again,
/// with start values from the points. One object serves all threads.
class RejectedFits {
 public:
  /// `flux` is what `fit` was made from; both must live as long. Throws UsageError for a model that this process does
  /// not have, and as require_consistent() does.
  RejectedFits(const FluxCube& flux, const ScanFit& fit);
  RejectedFits(const RejectedFits&) = delete;
  RejectedFits& operator=(const RejectedFits&) = delete;

  /// Parameters in the model's order and as results count them. Empty for a pixel that is not bad, and where this fit
  /// does not end as a bad one with a minimum.
  std::vector<double> of_pixel(std::size_t pixel) const;

 private:
  const ScanFit& fit_;
  CubeInUse in_use_;
  std::shared_ptr<const FluxModel> model_;
  std::optional<LineOrigins> origins_;
  CurveSettings settings_;
  std::optional<ChipCurves> pixels_;
  std::optional<CurveFitPlan> plan_;
};

/// That of one pixel.
std::vector<double> rejected_fit(const FluxCube& flux, const ScanFit& fit, std::size_t pixel);

}  // namespace velocal
