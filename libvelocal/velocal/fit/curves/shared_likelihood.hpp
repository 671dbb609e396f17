// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

#include "velocal/core/uncertain.hpp"
#include "velocal/fit/curves/curve_settings.hpp"
#include "velocal/fit/problem/curves.hpp"
#include "velocal/fit/problem/statistic.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// A step of the shared parameters.
struct SharedStep {
  std::vector<double> step;
  double in_errors;  ///< its length, in standard uncertainties
};

/// Sums over the sampled curves at one value of the shared parameters, each curve at its own minimum.
struct SharedSums {
  double chi2 = 0.0;
  std::size_t fitted = 0;       ///< curves
  Eigen::VectorXd descent;      ///< of the shared parameters, all others following
  Eigen::MatrixXd information;  ///< likewise: the Schur complement of the others in J^T W J
  Eigen::VectorXd line_slopes;  ///< sum of dE0/d(shared)

  /// The step of those that are not held; empty where the curves do not determine them.
  std::optional<SharedStep> step(std::span<const bool> held) const;
  /// With their uncertainties.
  std::vector<Uncertain> values(std::span<const double> at) const;
  double line_slope(std::size_t k) const {
    return line_slopes[static_cast<Eigen::Index>(k)] / static_cast<double>(fitted);
  }
};

/// Sum of the minima of curves as a function of parameters that they share. What the curves were fitted to last is
/// where the next fits start.
class SharedLikelihood {
 public:
  /// `shared`: indices of the parameters; `sample`: the curves. All must live as long.
  SharedLikelihood(const Curves& curves, const FluxModel& model, std::span<const std::size_t> shared,
                   std::vector<std::size_t> sample, const CurveSettings& settings, double background);

  /// Number of curves that can be fitted.
  std::size_t size() const { return curves_.size(); }
  /// Mean of the curves' own start values.
  std::vector<double> start_values() const;
  /// The largest share, at most 1, of a step that stays within the domain.
  double largest_share(std::span<const double> values, std::span<const double> step) const;
  /// Curves whose fit fails take no part, here and from now on.
  SharedSums at(std::span<const double> values);
  /// Takes from now on what the curves' own estimates leave of the sum's slope on average (LikelihoodBias), as it is at
  /// `values`, where the curves were fitted last: without it the minimum is biased, the more the fewer counts a curve
  /// has. Nothing where the statistic is not bias_corrected.
  void correct_at(std::span<const double> values);
  /// Takes out the curves whose last chi2 is far above what the model allows, or whose line lies beyond their points.
  void drop_outliers();

 private:
  struct SampledCurve {
    SelectedPoints points;
    std::vector<double> parameters;  ///< all, as fitted last
    double chi2 = 0.0;
    bool fitted = false;
  };
  struct Terms;
  class CurveTerms;
  std::vector<std::optional<Terms>> terms_at(std::span<const double> values);
  void load(const Curves& curves, std::vector<std::size_t> sample);
  FitProblem problem_of(const SampledCurve& curve) const;
  std::vector<std::size_t> free_indices() const;
  std::vector<std::size_t> inside_indices(const SampledCurve& curve) const;
  void add_correction(std::span<const double> values, SharedSums& sums) const;

  const FluxModel& model_;
  const Statistic& statistic_;
  const CurveSettings& settings_;
  const double background_;
  const std::span<const std::size_t> shared_;
  std::vector<SampledCurve> curves_;
  std::size_t most_points_ = 0;
  Eigen::VectorXd left_descent_;  ///< what is taken off the descent; empty: nothing
  Eigen::VectorXd corrected_at_;
};

}  // namespace velocal
