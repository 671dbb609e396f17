// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/line_evidence.hpp"

#include <algorithm>
#include <numeric>

#include "velocal/fit/problem/statistic.hpp"

namespace velocal {
namespace {

/// Three blocks of thresholds side by side, as long as there is room for, the steepest fall between the last two. A
/// convex curve is in the middle one not above the mean of the others. By how much the fit is, squared and in units of
/// its variance, is about the least that chi2 rises. The factor covers what is approximate in it: unequal steps, and
/// variances that are the fit's. So nearly all bright curves need no convex curve.
bool far_from_convex(const FitProblem& problem, std::span<const double> flux, double least_fall) {
  constexpr double factor = 3.0;
  const std::size_t n = flux.size();
  std::size_t edge = 1;
  for (std::size_t i = 1; i < n; ++i) {
    if (flux[i - 1] - flux[i] > flux[edge - 1] - flux[edge]) edge = i;
  }
  const std::size_t width = std::min(edge / 2, n - edge);
  if (width == 0) return false;
  double bend = 0.0, variance = 0.0;
  for (std::size_t i = edge - 2 * width; i < edge + width; ++i) {
    const bool middle = i >= edge - width && i < edge;
    bend += middle ? 2.0 * flux[i] : -flux[i];
    const double information = problem.statistic.information(problem, i, flux[i]);
    if (information > 0.0) variance += (middle ? 4.0 : 1.0) / information;
  }
  return bend > 0.0 && bend * bend > factor * least_fall * variance;
}

}  // namespace

LineEvidence::LineEvidence(std::size_t max_points)
    : term_(terms * max_points), live_time_s_(max_points), flux_(max_points) {}

/// 1, x, and 1 - x with its powers.
void LineEvidence::set_terms(const FitProblem& problem) {
  const std::size_t n = problem.points();
  const double begin = problem.threshold.front(), range = problem.threshold.back() - begin;
  for (std::size_t i = 0; i < n; ++i) {
    const double x = (problem.threshold[i] - begin) / range;
    term_[i] = 1.0;
    term_[n + i] = x;
    term_[2 * n + i] = 1.0 - x;
    for (std::size_t k = 3; k < terms; ++k) term_[k * n + i] = term_[(k - 1) * n + i] * term_[(k - 1) * n + i];
  }
}

/// With neyman, observed = N/L and scale = L/sqrt(N).
void LineEvidence::set_counts(const FitProblem& problem) {
  counts_ = 0.0;
  for (std::size_t i = 0; i < problem.points(); ++i) {
    const double observed = problem.observed[i], scale = problem.scale[i];
    live_time_s_[i] = least_squares_ ? observed * scale * scale : scale;
    counts_ += least_squares_ ? observed * live_time_s_[i] : observed;
  }
  for (std::size_t k = 0; k < terms; ++k) {
    exposure_[k] =
        std::inner_product(&term_[k * problem.points()], &term_[(k + 1) * problem.points()], live_time_s_.begin(), 0.0);
    weight_[k] = counts_ / (static_cast<double>(terms) * exposure_[k]);
  }
}

/// What a term sees at a point: observed over expected counts; expected over observed ones with least squares.
double LineEvidence::seen_at(const FitProblem& problem, std::size_t i) const {
  if (least_squares_) return flux_[i] * problem.scale[i] * problem.scale[i];
  return problem.observed[i] / (flux_[i] + problem.background);
}

/// Each weight times the mean, over the counts that its term expects, of what it sees: a step of expectation
/// maximisation. With least squares divided by it: Daube-Witherspoon & Muehllehner, IEEE Trans. Med. Imaging 5 (1986)
/// 61. chi2 falls with each step. It is convex in the weights, and its slope says how far it can still fall, since the
/// best curve has no more counts than were observed.
void LineEvidence::improve(const FitProblem& problem) {
  const std::size_t n = problem.points();
  std::fill_n(flux_.begin(), n, 0.0);
  for (std::size_t k = 0; k < terms; ++k) {
    for (std::size_t i = 0; i < n; ++i) flux_[i] += weight_[k] * term_[k * n + i];
  }
  std::array<double, terms> seen{};
  for (std::size_t i = 0; i < n; ++i) {
    const double at_point = seen_at(problem, i);
    for (std::size_t k = 0; k < terms; ++k) seen[k] += at_point * term_[k * n + i];
  }
  double steepest = 0.0, along = 0.0;
  for (std::size_t k = 0; k < terms; ++k) {
    const double mean = seen[k] / exposure_[k];
    const double slope = least_squares_ ? 1.0 - mean : mean - 1.0;
    steepest = std::max(steepest, slope);
    along += weight_[k] * exposure_[k] * slope;
    weight_[k] *= least_squares_ ? 1.0 / mean : mean;
  }
  still_to_fall_ = 2.0 * (counts_ * steepest - along);
}

/// chi2 of the curve before the last step.
double LineEvidence::excess(const FitProblem& problem) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < problem.points(); ++i) sum += problem.statistic.term(problem, i, flux_[i]);
  return sum;
}

bool LineEvidence::operator()(const FitProblem& problem, std::span<const double> flux, double chi2, double dispersion) {
  constexpr int most_steps = 1000, steps_a_look = 4;
  least_squares_ = !problem.statistic.traits().background;
  const double least = (least_squares_ ? least_fall_of_squares : least_fall) * dispersion;
  if (far_from_convex(problem, flux, least)) return true;
  set_terms(problem);
  set_counts(problem);
  if (least_squares_ && counts_ < fewest_counts_of_squares) return true;
  for (int step = 0; step < most_steps; ++step) {
    improve(problem);
    if (step % steps_a_look != steps_a_look - 1) continue;
    const double fall = excess(problem) - chi2;
    if (fall < least) return false;
    if (fall - still_to_fall_ >= least) return true;
  }
  return false;  // still undecided: nearly as well
}

}  // namespace velocal
