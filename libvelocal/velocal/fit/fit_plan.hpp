// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/fit/line_origins.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/model/flux_model.hpp"
#include "velocal/model/photon_source.hpp"

namespace velocal {

/// What a scan is fitted with, before any of its fits.
struct FitPlan {
  PhotonSource source;
  std::shared_ptr<const FluxModel> whole;
  std::optional<LineOrigins> origins;  ///< of a model that counts from the baseline
  double mean_baseline_dac = undefined;

  double mean_origin() const { return origins ? origins->mean() : 0.0; }
};

/// Throws InputError where the model counts from the baseline and there is none, and UsageError where the line lies
/// above the scan.
FitPlan plan_fit(const FluxCube& cube, const ScanSettings& scan, const FitSettings& settings, PixelGroup group);

/// Start values of the model's parameters, of which `free` may have fewer, in the thresholds that it counts in. Empty:
/// from the points.
std::vector<double> start_of(const FitPlan& plan, const ScanSettings& scan, const FitSettings& settings,
                             const FluxModel& free);

}  // namespace velocal
