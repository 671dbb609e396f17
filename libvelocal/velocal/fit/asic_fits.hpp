// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/curves/curve_settings.hpp"
#include "velocal/fit/fit_plan.hpp"
#include "velocal/fit/saturation.hpp"

namespace velocal {

/// Fits the two curves of the whole chip as its pixels are fitted, or as the analysis does that velocal replaces.
class AsicFits {
 public:
  /// All arguments have to live as long. `model`: that of the pixels.
  AsicFits(const FluxCube& cube, const FitPlan& plan, const FluxModel& model, const FitSettings& settings,
           const CurveSettings& pixels)
      : cube_(cube), plan_(plan), model_(model), settings_(settings), pixels_(pixels) {}

  /// Over the pixels that take part. `curves`: those that are not skipped do, where their counters are not full.
  AsicFit of_all(PixelGroup group, const Curves& curves, const Saturation& saturation) const;
  /// Over the good ones, likewise.
  AsicFit of_good(const PixelFits& fits, const Saturation& saturation) const;

 private:
  bool as_reference() const;
  AsicFit fit_flux(FluxCurve curve, CurveEnds ends) const;
  AsicFit fit_counts(const PixelSelection& selected, CurveEnds ends) const;
  FluxCurve above_origin(const FluxCurve& curve) const;

  const FluxCube& cube_;
  const FitPlan& plan_;
  const FluxModel& model_;
  const FitSettings& settings_;
  const CurveSettings& pixels_;
};

}  // namespace velocal
