// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/simd_level.hpp"
#include "velocal/fit/problem/fit_problem.hpp"
#include "velocal/fit/problem/normal_equations.hpp"
#include "velocal/fit/problem/parameter_matrix.hpp"
#include "velocal/fit/problem/pixel_status.hpp"

namespace velocal {

/// What is known of one curve at the thresholds that take part.
struct CurveCounts {
  std::span<const double> threshold;    ///< DAC, less the curve's origin
  std::span<const double> counts;       ///< hits
  std::span<const double> live_time_s;  ///< > 0
  double max_zero_fraction;             ///< see FitSettings
};

/// The points of a curve as a statistic takes them: what a FitProblem views.
struct SelectedPoints {
  std::vector<double> threshold;
  std::vector<double> observed;
  std::vector<double> scale;
};

/// Residual of a point, whose square is its term of chi2, and its derivative by the flux.
struct Residual {
  double value;
  double slope;
};

/// Mean, variance and third central moment of the chi2 of a curve that follows its model.
struct Chi2Cumulants {
  double mean;
  double variance;
  double third;
};

/// Those of the chi-square distribution.
constexpr Chi2Cumulants chi_square_cumulants(double ndf) {
  return {ndf, 2.0 * ndf, 8.0 * ndf};
}

/// What a fit does differently for a statistic of counts; a least-squares one has none of it.
struct StatisticTraits {
  /// The counts hold a flat background beside the model's flux: FitProblem::background.
  bool background = false;
  /// Fits know the parameters' bounds: one that may vanish ends at its bound, where the minimum lies beyond it, and a
  /// width that runs away to 0 is told from a fit that is lost.
  bool bounded = false;
  /// Covariances are taken at the parameters less their LikelihoodBias.
  bool bias_corrected = false;
};

/// A fit, as the distribution of its chi2 depends on it.
struct FittedPoints {
  std::span<const double> flux;           ///< [n] of the model at the minimum
  std::span<const double> gradient;       ///< [P n]: gradient[k * n + i], its derivatives by the parameters
  const ParameterCovariance& covariance;  ///< [P, P] of the parameters
};

/// The function of a curve's points that a fit minimises, called chi2, with all that follows from it. Stateless: one
/// object serves all threads. StatisticOf makes one from a type; docs/physics.md defines those there are.
class Statistic {
 public:
  virtual ~Statistic() = default;

  virtual std::string_view name() const = 0;
  virtual StatisticTraits traits() const = 0;

  /// Sets `points` to those that a fit takes of a curve. Says why it cannot be fitted, or none.
  virtual StatusReason select(const CurveCounts& curve, SelectedPoints& points) const = 0;

  /// Flux that a point has by itself, without the background [hits/s].
  virtual double rate(const FitProblem& problem, std::size_t point) const = 0;
  /// The point's term of chi2, given the model's flux; infinite where that is forbidden.
  virtual double term(const FitProblem& problem, std::size_t point, double flux) const = 0;
  /// Weight of the point in the normal equations: the inverse variance of the flux that the statistic assumes.
  virtual double information(const FitProblem& problem, std::size_t point, double flux) const = 0;
  /// Not finite where the flux is forbidden.
  virtual Residual residual(const FitProblem& problem, std::size_t point, double flux) const = 0;
  /// At the given flux [n] and gradient [P n] of the model: gradient[k * n + i]. A point of scale 0 counts for nothing.
  virtual void set_normal_equations(const FitProblem& problem, std::span<const double> flux,
                                    std::span<const double> gradient, NormalEquations& equations,
                                    SimdLevel level = simd_level()) const = 0;

  /// Lowest flux that is allowed [hits/s]; -infinity: any is.
  virtual double lowest_flux(double background) const = 0;
  /// What stands for the point's `observed` to keep a fit off the lowest flux (ProfileDescent).
  virtual double behind_barrier(const FitProblem& problem, std::size_t point) const = 0;

  /// Whether the chi2 of a true curve follows the chi-square distribution, whatever the fit.
  virtual bool follows_chi_square() const = 0;
  /// Cumulants of the chi2 of a true curve, n points less P parameters.
  virtual Chi2Cumulants chi2_cumulants(const FitProblem& problem, const FittedPoints& fit) const = 0;
  /// Error of a measured flux that a pull is counted in [hits/s]; `fitted`: that of the fit with its background, NaN
  /// without one. NaN where the statistic assumes none.
  virtual double flux_error(double counts, double live_time_s, double fitted) const = 0;
};

/// The statistics by name: AllStatistics, and what tests add. Not to be changed while other threads read it.
class StatisticRegistry {
 public:
  /// The one registry of the process.
  static StatisticRegistry& instance();

  /// Throws UsageError when the name is taken.
  void add(std::unique_ptr<const Statistic> statistic);
  /// Throws UsageError naming the statistics there are.
  const Statistic& get(std::string_view name) const;
  std::vector<std::string> names() const;  ///< sorted

 private:
  StatisticRegistry();
  std::vector<std::unique_ptr<const Statistic>> statistics_;
};

}  // namespace velocal
