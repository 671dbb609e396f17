// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/asic_fits.hpp"

#include <utility>

#include "velocal/fit/problem/neyman.hpp"
#include "velocal/fit/problem/statistic.hpp"
#include "velocal/fit/summed_curve.hpp"

namespace velocal {
namespace {

/// Good pixels without a full counter: at each threshold it has to be the same pixels that are summed.
PixelSelection good_pixels(const PixelFits& fits, const Saturation& saturation) {
  PixelSelection selected;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    selected[pixel] = fits.good(pixel) && saturation.thresholds(pixel) == 0 ? 1 : 0;
  }
  return selected;
}

/// Likewise of the pixels that are not skipped: neither masked nor noisy.
PixelSelection pixels_to_sum(const Curves& curves, const Saturation& saturation) {
  PixelSelection selected;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    const bool taken = curves.skipped_for(pixel) == StatusReason::none && saturation.thresholds(pixel) == 0;
    selected[pixel] = taken ? 1 : 0;
  }
  return selected;
}

}  // namespace

/// A fit of mean fluxes with the errors of their spread.
bool AsicFits::as_reference() const {
  return settings_.covariance == Covariance::scaled && settings_.statistic == Neyman::name;
}

FluxCurve AsicFits::above_origin(const FluxCurve& curve) const {
  return plan_.origins ? plan_.origins->taken_off(curve) : curve;
}

AsicFit AsicFits::fit_flux(FluxCurve curve, CurveEnds ends) const {
  CurveFit fit = fit_curve(above_origin(curve), ends, model_, pixels_.start, pixels_.engine, pixels_.covariance,
                           *pixels_.dispersion);
  if (plan_.origins) plan_.origins->add_to(fit);
  return {std::move(curve), std::move(fit)};
}

AsicFit AsicFits::fit_counts(const PixelSelection& selected, CurveEnds ends) const {
  SummedCurve curve = summed_curve(cube_, selected, settings_.baseline, plan_.mean_baseline_dac, pixels_.threads);
  if (!StatisticRegistry::instance().get(pixels_.statistic).traits().background) {
    return fit_flux(std::move(curve.flux), ends);
  }
  CurveFit fit = fit_summed(curve, above_origin(curve.flux).threshold, model_, pixels_);
  if (plan_.origins) plan_.origins->add_to(fit);
  return {std::move(curve.flux), std::move(fit)};
}

AsicFit AsicFits::of_all(PixelGroup group, const Curves& curves, const Saturation& saturation) const {
  if (as_reference()) return fit_flux(asic_curve(cube_, group, settings_.baseline), CurveEnds::all);
  return fit_counts(pixels_to_sum(curves, saturation), CurveEnds::all);
}

AsicFit AsicFits::of_good(const PixelFits& fits, const Saturation& saturation) const {
  const PixelSelection good = good_pixels(fits, saturation);
  if (!as_reference()) return fit_counts(good, CurveEnds::trim_zeros);
  return fit_flux(mean_curve(cube_, good, settings_.baseline, plan_.mean_baseline_dac, pixels_.threads),
                  CurveEnds::trim_zeros);
}

}  // namespace velocal
