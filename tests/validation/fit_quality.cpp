// SPDX-License-Identifier: GPL-3.0-or-later
#include "fit_quality.hpp"

#include <algorithm>
#include <cmath>

namespace velocal::test {

void Pulls::add(double pull) {
  sample_.add(pull);
  if (std::abs(pull) < 1.0) within_1_ += 1.0;
  if (std::abs(pull) < 1.959964) within_2_ += 1.0;
}

double FitQuality::not_found() const {
  return share(StatusReason::zero_inside) + share(StatusReason::too_few_points) + share(StatusReason::no_convergence) +
         share(StatusReason::singular_covariance);
}

double FitQuality::rejection_rate() const {
  const double rejected = share(StatusReason::goodness_of_fit);
  return rejected / (good() + rejected);
}

void add_pixel(FitQuality& quality, const ScanFit& fit, const UncertainMatrix& target, const Population& truth,
               std::size_t pixel) {
  quality.pixels += 1.0;
  quality.reasons.at(fit.pixels.reason[pixel]) += 1.0;
  if (!fit.pixels.good(pixel)) return;

  for (const ParameterMap& map : fit.pixels.parameters) {
    const bool shown = map.name == "E0" || map.name == "s" || map.name == "s2";
    if (!shown || std::ranges::count(truth.names, map.name) == 0) continue;
    quality.pulls[map.name].add((map.value[pixel] - truth.truth(pixel, map.name)) / map.error[pixel]);
  }
  const ParameterMap& line = *fit.pixels.find("E0");
  const double shift = line.value[pixel] - truth.truth(pixel, "E0");
  const double scale = std::sqrt(fit.pixels.chi2[pixel] / fit.pixels.ndf[pixel]);
  const double true_target = truth.target[pixel];
  quality.pulls["E0 scaled"].add(shift / (line.error[pixel] * scale));
  quality.line_shift.add(shift);
  quality.target_shift.add(target.value[pixel] - true_target);
  quality.gain_shift.add(100.0 * (true_target / (true_target + shift) - 1.0));
  quality.pulls["target"].add((target.value[pixel] - true_target) / target.error[pixel]);
}

FitQuality quality_of(const ScanFit& fit, const Population& truth) {
  FitQuality quality;
  const UncertainMatrix target = target_matrix(fit);
  for (std::size_t pixel = 0; pixel < truth.size(); ++pixel) add_pixel(quality, fit, target, truth, pixel);
  quality.evaluations = fit.pixels.mean_evaluations;
  return quality;
}

}  // namespace velocal::test
