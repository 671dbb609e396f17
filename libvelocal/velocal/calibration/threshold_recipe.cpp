// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/threshold_recipe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

void require_charge(double charge) {
  constexpr double largest = 1e6;  // a particle leaves some 16,000 in 200 µm of silicon
  if (charge > 0.0 && charge <= largest) return;
  throw UsageError("the charge has to be above 0, and at most 1,000,000 electrons", fmt::format("it is {}", charge),
                   "Ask for the charge that pixels shall fire at, such as 1000");
}

PixelMatrix<double> thresholds_of(double charge, const ScanFit& fit, const Calibration& calibration) {
  PixelMatrix<double> threshold(undefined);
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (std::isfinite(calibration.gain.value[i]))
      threshold[i] = fit.baseline->mean[i] + charge / calibration.gain.value[i];
  }
  return threshold;
}

/// Charge at which pixels fire that fire at `charge` when the threshold is at theirs.
ThresholdCharges charges_at(double global, double charge, const PixelMatrix<double>& threshold,
                            const PixelMatrix<double>& gain) {
  ThresholdCharges charges;
  for (std::size_t i = 0; i < pixel_count; ++i) charges.charge[i] = charge + gain[i] * (global - threshold[i]);
  const std::vector<double> values = finite_values(charges.charge.values());
  const auto share = [&](auto&& is_beyond) {
    return static_cast<double>(std::ranges::count_if(values, is_beyond)) / static_cast<double>(values.size());
  };
  charges.moments = moments(values);
  charges.low = share([=](double value) { return value < low_charge_share * charge; });
  charges.high = share([=](double value) { return value > high_charge_share * charge; });
  return charges;
}

EqualisedTrims equalised(const ThresholdRecipe& recipe, const PixelMatrix<double>& gain, const TrimSteps& trims) {
  EqualisedTrims found{.trim = trims.trim};
  PixelMatrix<double> threshold = recipe.threshold;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (std::isnan(threshold[i])) continue;
    if (std::isnan(trims.step[i])) {
      ++found.without_step;
      continue;
    }
    const double wanted = std::round(trims.trim[i] + (recipe.thresholds.mean - threshold[i]) / trims.step[i]);
    const double trim = std::clamp(wanted, 0.0, static_cast<double>(highest_trim));
    found.clipped_low += wanted < trim;
    found.clipped_high += wanted > trim;
    found.moved += trim != trims.trim[i];
    threshold[i] += (trim - trims.trim[i]) * trims.step[i];
    found.trim[i] = static_cast<std::uint8_t>(trim);
  }
  found.thresholds = moments(finite_values(threshold.values()));
  found.charges = charges_at(recipe.thresholds.mean, recipe.charge, threshold, gain);
  return found;
}

/// The threshold is b + Q/n (E0 - b): what moves all E0 moves it by Q/n, a drift of all baselines b by 1 - Q/n.
double common_error(const ThresholdRecipe& recipe, const Calibration& calibration) {
  const Uncertain pairs = calibration.source.pairs();
  const double part = recipe.charge / pairs.value;
  double error = part * calibration.target_means.mean * pairs.error / pairs.value;
  for (const BudgetRow& row : calibration.budget.rows) {
    if (row.common) error = std::hypot(error, row.target * (row.cause == baseline_drift ? 1.0 - part : part));
  }
  return error;
}

}  // namespace

ThresholdRecipe threshold_recipe(double charge, const ScanFit& fit, const Calibration& calibration,
                                 const TrimSteps* trims) {
  require_charge(charge);
  if (!fit.baseline) {
    throw InputError("there is no threshold for a charge without the noise baseline", "the fit carries none",
                     "Name the scan's baseline in the descriptor, and make flux and fit anew", Remedy::make_flux);
  }
  ThresholdRecipe recipe{.charge = charge, .threshold = thresholds_of(charge, fit, calibration)};
  recipe.thresholds = moments(finite_values(recipe.threshold.values()));
  if (recipe.thresholds.count == 0) {
    throw InputError("there is no threshold for a charge", "no pixel has a gain",
                     "See what the report of the fit says of the pixels");
  }
  recipe.common_error = common_error(recipe, calibration);
  recipe.charges = charges_at(recipe.thresholds.mean, charge, recipe.threshold, calibration.gain.value);
  if (trims != nullptr) recipe.equalised = equalised(recipe, calibration.gain.value, *trims);
  return recipe;
}

}  // namespace velocal
