// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/levenberg_marquardt.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "velocal/fit/minimise/chi2_fall.hpp"

namespace velocal {
namespace {

using Vector = NormalEquations::Vector;

/// Tolerance: a fit ends when the steps still to come are expected to lower chi2 by less than this.
constexpr double fall_tolerance = 1e-10;
constexpr int most_evaluations = 500;
constexpr double first_damping = 1e-3;
constexpr double largest_damping = 1e12;
constexpr double smallest_damping = 1e-7;
/// Binary digits of a move and of the damping. Each digit less halves the odds that two SIMD levels, whose rounding
/// errors differ, round apart; a move of fewer would cost evaluations. What the last move rounds off stays: below 1e-9
/// of the uncertainties.
constexpr int move_digits = 9;
constexpr int last_move_digits = 16;
constexpr int damping_digits = 3;

/// Solves the normal equations with their diagonal times 1 + damping, by L D L^T: unlike a Cholesky factorisation it
/// needs no roots, and is as indifferent to the parameters' scales. False when they are not positive definite.
template <std::size_t parameters>
bool solve(const NormalEquations& at, double damping, Vector& step) {
  std::array<std::array<double, parameters>, parameters> L;
  std::array<double, parameters> inverse;  // of D
  for (std::size_t k = 0; k < parameters; ++k) {
    std::array<double, parameters> LD;
    double pivot = at.normal[k][k] * (1.0 + damping);
    for (std::size_t l = 0; l < k; ++l) {
      LD[l] = at.normal[k][l];
      for (std::size_t m = 0; m < l; ++m) LD[l] -= LD[m] * L[l][m];
      L[k][l] = LD[l] * inverse[l];
      pivot -= LD[l] * L[k][l];
    }
    if (!(pivot > 0.0)) return false;
    inverse[k] = 1.0 / pivot;
  }
  for (std::size_t k = 0; k < parameters; ++k) {
    step[k] = at.descent[k];
    for (std::size_t m = 0; m < k; ++m) step[k] -= L[k][m] * step[m];
  }
  for (std::size_t k = parameters; k-- > 0;) {
    step[k] *= inverse[k];
    for (std::size_t m = k + 1; m < parameters; ++m) step[k] -= L[m][k] * step[m];
  }
  return true;
}

/// a^T N b, N the normal matrix.
template <std::size_t parameters>
double product(const NormalEquations& at, const Vector& a, const Vector& b) {
  double sum = 0.0;
  for (std::size_t k = 0; k < parameters; ++k) {
    sum += at.normal[k][k] * a[k] * b[k];
    for (std::size_t l = 0; l < k; ++l) sum += at.normal[k][l] * (a[k] * b[l] + a[l] * b[k]);
  }
  return sum;
}

/// How much the step lowers chi2 in the quadratic approximation.
template <std::size_t parameters>
double expected_fall(const NormalEquations& at, double damping, const Vector& step) {
  double fall = 0.0;
  for (std::size_t k = 0; k < parameters; ++k) {
    fall += step[k] * (at.descent[k] + damping * at.normal[k][k] * step[k]);
  }
  return fall;
}

/// The value rounded to as many binary digits.
double rounded(double value, int digits) {
  const std::uint64_t unit = std::uint64_t{1} << (53 - digits);
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(value) + unit / 2) & ~(unit - 1));
}

/// How the step of the normal equations changed with the last move. Near the minimum each step falls short of it, or
/// goes beyond, by a share that hardly changes: the second derivatives of the model that the equations leave out.
template <std::size_t parameters>
class Secant {
 public:
  /// At `at`, where the normal equations give `step`; `before`: their step where the last move began.
  Secant(const NormalEquations& at, const Vector& step, const Vector& before, const Vector& move) : move_(move) {
    for (std::size_t k = 0; k < parameters; ++k) change_[k] = step[k] - before[k];
    const double changed = product<parameters>(at, change_, change_);
    moved_to_changed_ = product<parameters>(at, move_, move_) / changed;
    share_ = product<parameters>(at, change_, step) / changed;
  }

  /// The step that the change foresees: Anderson's acceleration of depth 1 (J. ACM 12 (1965) 547, section 4), in the
  /// metric of the normal equations. Where it is far from theirs, theirs: valleys without a minimum lead far away.
  Vector foreseen(const Vector& step) const {
    constexpr double largest_share = 0.5;
    Vector better = step;
    if (!(std::abs(share_) < largest_share)) return better;
    for (std::size_t k = 0; k < parameters; ++k) better[k] -= share_ * (move_[k] + change_[k]);
    return better;
  }

  /// The fall of chi2 to the minimum over that expected of the step: more than 1 where steps fall short.
  double remaining() const { return std::clamp(moved_to_changed_, 1.0, 100.0); }

 private:
  Vector move_;
  Vector change_{};
  double moved_to_changed_;
  double share_;
};

/// Share of the fall to the minimum that a step leaves over, foreseen from what the last two have left: one alone may
/// have been long in a direction that converges fast. Not trusted to be below a hundredth; a tenth where convergence is
/// slow, which remaining() allows for.
class LeftOver {
 public:
  /// `falls`: the fall expected of the next step over that of the last one.
  double next(double falls) {
    const double worse = std::max(falls, before_);
    before_ = falls;
    return std::clamp(worse, 0.01, 0.1);
  }

 private:
  double before_ = 0.1;
};

/// One way down, of P parameters: a number known to the compiler, which does away with the loops over it.
template <std::size_t P>
class Descent {
 public:
  Descent(const FitProblem& problem, std::span<double> parameters, Evaluation& at)
      : problem_(problem), parameters_(parameters), at_(at) {}

  MinimiserResult operator()() {
    evaluate(parameters_);
    here_ = at_.equations();
    if (!std::isfinite(here_.chi2)) damping_ = largest_damping;
    while (!converged_ && evaluations_ < most_evaluations && damping_ < largest_damping) {
      if (!solve<P>(here_, damping_, step_)) {
        refuse();
        continue;
      }
      choose_move();
      Vector trial;
      for (std::size_t k = 0; k < P; ++k) trial[k] = parameters_[k] + move_[k];
      evaluate(std::span(trial).first(P));
      const double fallen = chi2_fall(here_, at_.equations(), std::span(move_).first(P), expected_);
      at_here_ = fallen >= 0.0;
      at_here_ ? accept(trial, fallen) : refuse();
    }
    if (!at_here_) evaluate(parameters_);
    return {converged_, evaluations_};
  }

 private:
  void evaluate(std::span<const double> parameters) {
    at_.set(problem_, parameters);
    ++evaluations_;
  }

  /// From the step, and, near the minimum, from how it has changed; also whether it will be the last.
  void choose_move() {
    constexpr double near = 1e-2;  // of chi2: within a tenth of the uncertainties, steps change as they will to the end
    expected_ = expected_fall<P>(here_, damping_, step_);
    double left = expected_;
    if (at_here_ && expected_before_ > 0.0 && expected_ < near) {
      const Secant<P> secant(here_, step_, step_before_, move_);
      move_ = secant.foreseen(step_);
      left *= secant.remaining() * left_over_.next(expected_ / expected_before_);
    } else {
      move_ = step_;
    }
    converged_ = damping_ < 1.0 && left < fall_tolerance;
    for (double& move : move_) move = rounded(move, converged_ ? last_move_digits : move_digits);
  }

  void accept(const Vector& trial, double fallen) {
    const double gain = 2.0 * fallen / expected_ - 1.0;
    const double damping = damping_ * std::max(1.0 / 9.0, 1.0 - gain * gain * gain);
    damping_ = rounded(std::max(smallest_damping, damping), damping_digits);
    growth_ = 2.0;
    step_before_ = step_;
    expected_before_ = expected_;
    std::copy_n(trial.begin(), P, parameters_.begin());
    here_ = at_.equations();
  }

  void refuse() {
    damping_ *= growth_;
    growth_ *= 2.0;
  }

  const FitProblem& problem_;
  std::span<double> parameters_;
  Evaluation& at_;        ///< the last point evaluated: here, or where the last move led
  NormalEquations here_;  ///< at the parameters
  Vector step_{};         ///< of the normal equations
  Vector move_{};         ///< what is taken of it, or was at the point before
  Vector step_before_{};  ///< at the point before
  double expected_ = 0.0;
  double expected_before_ = 0.0;  ///< 0: there is none
  LeftOver left_over_;
  double damping_ = first_damping;
  double growth_ = 2.0;
  int evaluations_ = 0;
  bool at_here_ = true;  ///< at_ is evaluated at the parameters: the last move was not refused
  bool converged_ = false;
};

template <std::size_t P>
MinimiserResult descend(const FitProblem& problem, std::span<double> parameters, Evaluation& at) {
  return Descent<P>(problem, parameters, at)();
}

}  // namespace

MinimiserResult LevenbergMarquardt::minimise(const FitProblem& problem, std::span<double> parameters, Evaluation& at) {
  constexpr std::array by_parameters{&descend<1>, &descend<2>, &descend<3>, &descend<4>,
                                     &descend<5>, &descend<6>, &descend<7>, &descend<8>};
  static_assert(by_parameters.size() == max_parameters);
  return by_parameters[parameters.size() - 1](problem, parameters, at);
}

}  // namespace velocal
