// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/profile_interval.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "velocal/fit/minimise/minimise_others.hpp"
#include "velocal/fit/minimise/partial_model.hpp"

namespace velocal {
namespace {

/// Tries a side; three do for nearly all curves.
constexpr int max_tries = 8;
/// So many standard deviations are looked at: what rises later is no error of the line.
constexpr double farthest = 8.0;
/// Ends are known to this share of the interval, which is far below the uncertainty of any error.
constexpr double end_tolerance = 0.003;

/// All parameters of the model but one.
std::vector<ModelParameter> parameters_without(const FluxModel& model, std::size_t index) {
  const auto all = model.parameters();
  std::vector<ModelParameter> others(all.begin(), all.end());
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(index));
  return others;
}

}  // namespace

struct ProfileInterval::Fit {
  const FitProblem& problem;
  std::span<const double> minimum;
  double chi2;
  double rise;
  const ParameterCovariance& covariance;
  double error;  ///< of the parameter, by the covariance and the rise
};

ProfileInterval::ProfileInterval(const FluxModel& model, std::string_view engine, std::size_t max_points,
                                 std::size_t parameter)
    : parameter_(parameter),
      others_(make_minimiser(engine, max_points, model.parameters().size() - 1), parameters_without(model, parameter),
              engine, max_points),
      at_(max_points, model.parameters().size()) {}

std::optional<AsymmetricError> ProfileInterval::operator()(const FitProblem& problem, std::span<const double> minimum,
                                                           double chi2, double rise,
                                                           const ParameterCovariance& covariance) {
  evaluations_ = 0;
  const auto index = static_cast<Eigen::Index>(parameter_);
  const Fit fit{problem, minimum, chi2, rise, covariance, std::sqrt(rise * covariance(index, index))};
  const auto low = distance(fit, -1.0);
  if (!low) return std::nullopt;
  const auto high = distance(fit, 1.0);
  if (!high) return std::nullopt;
  return AsymmetricError{*low, *high};
}

/// The square root of chi2's rise is nearly straight in the distance from the minimum: the secant method needs few
/// steps. The minimum itself is its first point.
std::optional<double> ProfileInterval::distance(const Fit& fit, double side) {
  double below = 0.0, height_below = 0.0;
  double tried = fit.error;
  for (int tries = 0; tries < max_tries; ++tries) {
    const auto found = height(fit, side * tried);
    if (!found) return std::nullopt;
    const double slope = (*found - height_below) / (tried - below);
    const double next = tried + (1.0 - *found) / slope;
    // A height that does not rise says nothing about where it will.
    const double reached = slope > 0.0 ? std::clamp(next, 0.25 * tried, 2.0 * tried) : 2.0 * tried;
    if (std::abs(reached - tried) < end_tolerance * tried) return reached;
    if (reached > farthest * fit.error) return std::nullopt;
    below = tried;
    height_below = *found;
    tried = reached;
  }
  return std::nullopt;
}

/// sqrt of the rise of the least chi2, in units of that which is asked for, with the parameter moved.
std::optional<double> ProfileInterval::height(const Fit& fit, double moved) {
  const auto index = static_cast<Eigen::Index>(parameter_);
  std::array<double, max_parameters> values{};
  for (std::size_t k = 0; k < fit.minimum.size(); ++k) {
    const auto row = static_cast<Eigen::Index>(k);
    values[k] = fit.minimum[k] + moved * fit.covariance(row, index) / fit.covariance(index, index);
    // The straight way out of the minimum may lead a parameter beyond its bounds.
    if (k != parameter_ && !fit.problem.model.parameters()[k].contains(values[k])) values[k] = fit.minimum[k];
  }
  const auto parameters = std::span(values).first(fit.minimum.size());
  const MinimiserResult result = minimise_others(others_, fit.problem, parameters, parameter_, at_);
  evaluations_ += result.evaluations;
  const double rise = at_.equations().chi2 - fit.chi2;
  if (!result.converged || !std::isfinite(rise)) return std::nullopt;
  return std::sqrt(std::max(0.0, rise) / fit.rise);
}

}  // namespace velocal
