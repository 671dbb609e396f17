// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/shared_parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "velocal/core/error.hpp"
#include "velocal/fit/curves/dispersion.hpp"
#include "velocal/fit/curves/shared_likelihood.hpp"

namespace velocal {
namespace {

constexpr std::size_t most_sampled_for_value = 2500;
constexpr std::size_t most_sampled_for_slope = 400;
constexpr std::size_t fewest_sampled_for_value = 20;
constexpr int most_steps = 30;
/// A fit ends when the next step is shorter than this share of the uncertainty.
constexpr double step_tolerance = 1e-3;
/// The correction for few counts depends a little on the values that it changes.
constexpr int corrections = 2;
/// Places of the profile, in uncertainties from the value.
constexpr std::array profile_places{-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0};

std::vector<std::size_t> indices_of(const FluxModel& model, std::span<const std::string> names) {
  std::vector<std::size_t> indices;
  std::vector<std::string_view> there;
  for (const ModelParameter& parameter : model.parameters()) there.push_back(parameter.name);
  for (const std::string& name : names) {
    indices.push_back(model.index_of(name));
    if (indices.back() < there.size()) continue;
    throw UsageError(fmt::format("model {} has no parameter {} to share", model.name(), name),
                     fmt::format("it has {}", fmt::join(there, ", ")), "Name one of these in shared");
  }
  if (indices.size() < there.size()) return indices;
  throw UsageError(fmt::format("all parameters of model {} are shared", model.name()), {},
                   "Leave one or more to each pixel");
}

/// The curves with most counts.
std::vector<std::size_t> brightest(const Curves& curves, std::size_t most) {
  std::vector<std::pair<std::uint64_t, std::size_t>> by_counts;
  for (std::size_t curve = 0; curve < curves.size(); ++curve) {
    if (curves.skipped_for(curve) != StatusReason::none) continue;
    std::uint64_t counts = 0;
    for (std::size_t t = 0; t < curves.threshold_count(); ++t) counts += curves.counts(curve, t);
    if (counts > 0) by_counts.emplace_back(counts, curve);
  }
  const std::size_t taken = std::min(most, by_counts.size());
  std::ranges::partial_sort(by_counts, by_counts.begin() + static_cast<std::ptrdiff_t>(taken), std::greater{});
  std::vector<std::size_t> sample;
  for (std::size_t i = 0; i < taken; ++i) sample.push_back(by_counts[i].second);
  return sample;
}

void require_enough(std::size_t fitted, std::span<const std::string> names) {
  if (fitted >= fewest_sampled_for_value) return;
  throw InputError(fmt::format("{} cannot be fitted for the chip", fmt::join(names, ", ")),
                   fmt::format("{} pixels can be fitted, {} are needed", fitted, fewest_sampled_for_value),
                   "Leave it out of shared, or hold it by another scan's value");
}

/// Steps of the normal equations to the lowest sum of chi2, with the parameters `held` where they are.
SharedSums minimise(SharedLikelihood& likelihood, std::vector<double>& values, std::span<const bool> held,
                    std::span<const std::string> names) {
  SharedSums sums = likelihood.at(values);
  for (int step = 0; step < most_steps; ++step) {
    require_enough(sums.fitted, names);
    const auto move = sums.step(held);
    if (!move) break;
    if (move->in_errors < step_tolerance) return sums;
    // A step too far, or out of the domain, is halved until chi2 falls.
    double share = likelihood.largest_share(values, move->step);
    for (int halving = 0; halving < 10; ++halving, share *= 0.5) {
      std::vector<double> trial = values;
      for (std::size_t k = 0; k < trial.size(); ++k) trial[k] += share * move->step[k];
      const SharedSums there = likelihood.at(trial);
      if (there.fitted < sums.fitted) sums = likelihood.at(values);  // over the same curves
      if (!(there.chi2 <= sums.chi2 + 1e-6)) continue;
      values = trial;
      sums = there;
      break;
    }
    if (share < 1e-3) return sums;
  }
  throw InputError(fmt::format("{} cannot be fitted for the chip", fmt::join(names, ", ")),
                   "the pixels do not determine it", "Leave it out of shared");
}

}  // namespace

std::vector<SharedParameter> fit_shared(const Curves& curves, const FluxModel& model,
                                        std::span<const std::string> names, const CurveSettings& settings,
                                        double background, Progress& progress) {
  const std::vector<std::size_t> shared = indices_of(model, names);
  SharedLikelihood likelihood(curves, model, shared, brightest(curves, most_sampled_for_value), settings, background);
  progress.start("fitting what is shared", 3 + profile_places.size() * names.size(), "steps");
  require_enough(likelihood.size(), names);
  std::vector<double> values = likelihood.start_values();
  const auto none = std::make_unique<bool[]>(names.size());
  const std::span<bool> held(none.get(), names.size());
  minimise(likelihood, values, held, names);
  progress.advance(1);
  // Curves that the model does not describe would pull the values; which they are is known only near the minimum.
  likelihood.drop_outliers();
  SharedSums best = minimise(likelihood, values, held, names);
  for (int round = 0; round < corrections; ++round) {
    likelihood.correct_at(values);
    best = minimise(likelihood, values, held, names);
  }
  progress.advance(2);
  std::vector<Uncertain> found = best.values(values);
  const double dispersion = dispersion_factor(settings.covariance, {settings.dispersion.value_or(1.0), 0.0});
  for (Uncertain& value : found) value.error *= std::sqrt(dispersion);
  std::vector<SharedParameter> fits;
  for (std::size_t k = 0; k < names.size(); ++k) {
    const ModelParameter& parameter = model.parameters()[shared[k]];
    SharedParameter fit{names[k], std::string(parameter.unit), found[k], best.fitted, best.line_slope(k), {}, {}};
    held[k] = true;
    for (const double place : profile_places) {
      std::vector<double> at = values;
      at[k] += place * found[k].error;
      if (parameter.contains(at[k])) {
        fit.profile_value.push_back(at[k]);
        fit.profile_chi2.push_back(minimise(likelihood, at, held, names).chi2 / dispersion - best.chi2 / dispersion);
      }
      progress.advance(1);
    }
    held[k] = false;
    fits.push_back(std::move(fit));
  }
  progress.finish();
  return fits;
}

double line_slope(const Curves& curves, const FluxModel& model, std::span<const std::string> names,
                  std::span<const double> values, const CurveSettings& settings, double background) {
  const std::vector<std::size_t> shared = indices_of(model, names);
  SharedLikelihood likelihood(curves, model, shared, brightest(curves, most_sampled_for_slope), settings, background);
  likelihood.at(values);
  likelihood.drop_outliers();
  const SharedSums sums = likelihood.at(values);
  return sums.fitted < fewest_sampled_for_value ? 0.0 : sums.line_slope(names.size() - 1);
}

}  // namespace velocal
