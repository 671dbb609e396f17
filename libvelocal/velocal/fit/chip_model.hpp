// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "velocal/fit/scan_fit.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// The model of the settings for a source, all parameters free.
std::shared_ptr<const FluxModel> whole_model(const FitSettings& settings, const PhotonSource& source);

/// The model with what the chip shares held: that of the pixels and of the chip's curves. It owns `whole`.
std::shared_ptr<const FluxModel> held_model(std::shared_ptr<const FluxModel> whole,
                                            std::span<const SharedParameter> shared);

/// The model that a scan's fits were made with; its parameters are those of the maps. Throws UsageError for a model
/// that this process does not have.
std::shared_ptr<const FluxModel> model_of(const ScanFit& fit);

/// Flux of the model [hits/s] at thresholds as the scan's results count them: `origin` is where the baseline lies there
/// (LineOrigins); models that do not count from it are indifferent to it. `parameters` as in the results.
void flux_of_fit(const FluxModel& model, std::span<const double> parameters, double origin,
                 std::span<const double> threshold, std::span<double> flux);

}  // namespace velocal
