// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/profile_descent.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "velocal/fit/minimise/minimise_others.hpp"
#include "velocal/fit/minimise/newton_descent.hpp"

namespace velocal {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Widths of the profile: finer than the minima are apart.
constexpr int widths_per_doubling = 4;
/// So far above the lowest value yet no minimum is of use; past the start's width the profile ends there.
bool far_above(double chi2, double lowest) {
  return chi2 > lowest + std::max(50.0, 0.5 * lowest);
}
/// Evaluations that Newton's method may take: to a minimum (a few of 10,000 need more), and from the barrier's minimum
/// to the true one, where there is one (the longest seen took 29).
constexpr int newton_evaluations = 250;
constexpr int newton_evaluations_off_barrier = 30;

bool has_edge(const FitProblem& problem) {
  return problem.statistic.lowest_flux(problem.background) > -infinity;
}

bool in_domain(const FluxModel& model, std::span<const double> values) {
  return std::ranges::equal(model.parameters(), values, &ModelParameter::contains);
}

}  // namespace

ProfileDescent::ProfileDescent(std::unique_ptr<Minimiser> others, std::size_t profiled, std::size_t max_points)
    : others_(std::move(others)), profiled_(profiled), observed_(max_points) {
  profile_.reserve(static_cast<std::size_t>(widths_per_doubling * std::bit_width(max_points)));
}

MinimiserResult ProfileDescent::minimise(const FitProblem& problem, std::span<double> parameters, Evaluation& at) {
  evaluations_ = 0;
  set_profile(behind_barrier(problem), parameters, at);
  double best_chi2 = infinity;
  bool best_in_domain = false;
  bool narrow = false;
  for (std::size_t i = 0; i < profile_.size(); ++i) {
    if (!is_minimum(i)) continue;
    const auto values = std::span(profile_[i].parameters).first(parameters.size());
    const bool converged = descend(problem, values, at);
    const bool resolved = resolves_widths(problem, values);
    if (!converged || !resolved) {
      narrow = narrow || !resolved || i == 0;
      continue;
    }
    const bool inside = in_domain(problem.model, values);
    if (inside < best_in_domain || (inside == best_in_domain && !(at.equations().chi2 < best_chi2))) continue;
    best_chi2 = at.equations().chi2;
    best_in_domain = inside;
    std::ranges::copy(values, parameters.begin());
  }
  const bool found = best_chi2 < infinity;
  // Where chi2 falls on as the width goes to 0, the parameters are left on that way.
  if (!found && narrow) parameters[profiled_] = 0.1 * threshold_step(problem);
  evaluate(problem, parameters, at);
  return {found, evaluations_};
}

void ProfileDescent::set_profile(const FitProblem& problem, std::span<const double> start, Evaluation& at) {
  static const double ratio = std::exp2(1.0 / widths_per_doubling);
  const double widest = 0.5 * (problem.threshold.back() - problem.threshold.front());
  double lowest = infinity;
  profile_.clear();
  Parameters values{};
  std::ranges::copy(start, values.begin());
  for (double width = 0.5 * threshold_step(problem); width < widest; width *= ratio) {
    values[profiled_] = width;
    const MinimiserResult result =
        minimise_others(*others_, problem, std::span(values).first(start.size()), profiled_, at);
    evaluations_ += result.evaluations;
    const bool found = result.converged && std::isfinite(at.equations().chi2);
    profile_.push_back({found ? at.equations().chi2 : infinity, values});
    // The next fit starts from here, unless this has led astray.
    if (!found || !in_domain(problem.model, std::span(values).first(start.size()))) {
      std::ranges::copy(start, values.begin());
    }
    if (!found) continue;
    lowest = std::min(lowest, at.equations().chi2);
    if (width > start[profiled_] && far_above(at.equations().chi2, lowest)) break;
  }
}

bool ProfileDescent::is_minimum(std::size_t point) const {
  const double chi2 = profile_[point].chi2;
  const bool below_last = point == 0 || chi2 <= profile_[point - 1].chi2;
  const bool below_next = point + 1 == profile_.size() || chi2 < profile_[point + 1].chi2;
  return chi2 < infinity && below_last && below_next;
}

/// From a point of the profile to a minimum; false when there is none. Leaves the normal equations there.
bool ProfileDescent::descend(const FitProblem& problem, std::span<double> parameters, Evaluation& at) {
  const auto newton = [&](const FitProblem& of, std::span<double> values, int evaluations) {
    const MinimiserResult result = newton_descent(of, values, at, evaluations);
    evaluations_ += result.evaluations;
    return result.converged;
  };
  if (!newton(behind_barrier(problem), parameters, newton_evaluations)) return false;
  if (!has_edge(problem)) return true;
  Parameters values{};
  std::ranges::copy(parameters, values.begin());
  const auto off_barrier = std::span(values).first(parameters.size());
  if (newton(problem, off_barrier, newton_evaluations_off_barrier)) {
    std::ranges::copy(off_barrier, parameters.begin());
  } else {
    evaluate(problem, parameters, at);
  }
  return true;
}

void ProfileDescent::evaluate(const FitProblem& problem, std::span<const double> parameters, Evaluation& at) {
  at.set(problem, parameters);
  ++evaluations_;
}

FitProblem ProfileDescent::behind_barrier(const FitProblem& problem) {
  if (!has_edge(problem)) return problem;
  for (std::size_t i = 0; i < problem.points(); ++i) observed_[i] = problem.statistic.behind_barrier(problem, i);
  return {problem.model, problem.statistic, problem.threshold, std::span(observed_).first(problem.points()),
          problem.scale, problem.background};
}

}  // namespace velocal
