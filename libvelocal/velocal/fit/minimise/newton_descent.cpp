// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/newton_descent.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "velocal/fit/inference/observed_information.hpp"
#include "velocal/fit/minimise/chi2_fall.hpp"
#include "velocal/fit/problem/parameter_matrix.hpp"

namespace velocal {
namespace {

/// Tolerance: a fit ends with the step that is expected to lower chi2 by less than this.
constexpr double newton_tolerance = 1e-12;
constexpr int max_refusals = 30;
constexpr double least_damping = 1e-3;  // once it is needed; less than that is none

/// One way down.
class NewtonDescent {
 public:
  NewtonDescent(const FitProblem& problem, std::span<double> parameters, Evaluation& at)
      : problem_(problem), parameters_(parameters), at_(at) {}

  MinimiserResult operator()(int max_evaluations) {
    evaluate(parameters_);
    here_ = at_.equations();
    while (!converged_ && evaluations_ < max_evaluations && std::isfinite(here_.chi2)) {
      information_ = observed_information(problem_, parameters_, here_, at_);
      evaluations_ += static_cast<int>(parameters_.size());
      if (!move()) break;
    }
    evaluate(parameters_);
    return {converged_, evaluations_};
  }

 private:
  void evaluate(std::span<const double> parameters) {
    at_.set(problem_, parameters);
    ++evaluations_;
  }

  /// With as much damping as chi2 needs to fall. False when no step lowers it.
  bool move() {
    double growth = 2.0;
    for (int refusals = 0; refusals < max_refusals; ++refusals) {
      if (step() && try_step()) return true;
      damping_ = std::max(least_damping, damping_ * growth);
      growth *= 2.0;
    }
    return false;
  }

  /// Solves for the step, in parameters scaled to unit J^T W J. False when it would not lead down.
  bool step() {
    const auto size = static_cast<Eigen::Index>(parameters_.size());
    ParameterVector scale(size);
    ParameterVector descent(size);
    ParameterCovariance damped(size, size);
    for (std::size_t k = 0; k < parameters_.size(); ++k) {
      const auto row = static_cast<Eigen::Index>(k);
      scale[row] = 1.0 / std::sqrt(here_.normal[k][k]);
      descent[row] = here_.descent[k] * scale[row];
      for (std::size_t l = 0; l <= k; ++l) {
        const auto column = static_cast<Eigen::Index>(l);
        damped(row, column) = damped(column, row) = information_[k][l] * scale[row] * scale[column];
      }
      damped(row, row) += damping_;
    }
    const Eigen::LLT<ParameterCovariance> cholesky(damped);
    if (!damped.allFinite() || cholesky.info() != Eigen::Success) return false;
    const ParameterVector scaled = cholesky.solve(descent);
    expected_ = scaled.dot(descent) + damping_ * scaled.squaredNorm();
    step_ = scale.cwiseProduct(scaled);
    return true;
  }

  /// True when the step is taken: chi2 falls, or the step is the last.
  bool try_step() {
    converged_ = damping_ == 0.0 && expected_ < newton_tolerance;
    NormalEquations::Vector moved{};
    for (std::size_t k = 0; k < parameters_.size(); ++k) {
      moved[k] = parameters_[k] + step_[static_cast<Eigen::Index>(k)];
    }
    evaluate(std::span(moved).first(parameters_.size()));
    const NormalEquations& there = at_.equations();
    const double fallen = chi2_fall(here_, there, {step_.data(), parameters_.size()}, expected_);
    if (!converged_ && !(fallen > 0.0)) return false;
    if (!std::isfinite(there.chi2)) return true;
    std::copy_n(moved.begin(), parameters_.size(), parameters_.begin());
    here_ = there;
    damping_ *= fallen > 0.5 * expected_ ? 0.1 : 0.5;
    if (damping_ < least_damping) damping_ = 0.0;
    return true;
  }

  const FitProblem& problem_;
  std::span<double> parameters_;
  Evaluation& at_;
  NormalEquations here_;
  NormalEquations::Matrix information_{};
  ParameterVector step_;
  double expected_ = 0.0;
  double damping_ = 0.0;
  int evaluations_ = 0;
  bool converged_ = false;
};

}  // namespace

MinimiserResult newton_descent(const FitProblem& problem, std::span<double> parameters, Evaluation& at,
                               int max_evaluations) {
  return NewtonDescent(problem, parameters, at)(max_evaluations);
}

}  // namespace velocal
