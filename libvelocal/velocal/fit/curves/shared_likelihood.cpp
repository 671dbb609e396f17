// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/shared_likelihood.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <optional>

#include "velocal/core/parallel_for.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/curves/curve_fitter.hpp"
#include "velocal/fit/curves/dispersion.hpp"
#include "velocal/fit/inference/likelihood_bias.hpp"
#include "velocal/fit/minimise/partial_model.hpp"
#include "velocal/fit/problem/curve_points.hpp"
#include "velocal/fit/problem/start_values.hpp"

namespace velocal {
namespace {

constexpr std::size_t likelihoods_per_task = 64;
/// So many standard deviations above its mean, chi2 is an outlier's.
constexpr double outlying = 5.0;

/// The equations of the parameters in `kept`, in their order.
Eigen::MatrixXd block_of(const NormalEquations& equations, std::span<const std::size_t> rows,
                         std::span<const std::size_t> columns) {
  Eigen::MatrixXd block(rows.size(), columns.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const std::size_t high = std::max(rows[i], columns[j]), low = std::min(rows[i], columns[j]);
      block(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = equations.normal[high][low];
    }
  }
  return block;
}

template <class Vector>
Eigen::VectorXd entries_of(const Vector& vector, std::span<const std::size_t> rows) {
  Eigen::VectorXd entries(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    entries[static_cast<Eigen::Index>(i)] = vector.data()[rows[i]];
  }
  return entries;
}

Eigen::VectorXd vector_of(std::span<const double> values) {
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

}  // namespace

std::optional<SharedStep> SharedSums::step(std::span<const bool> held) const {
  std::vector<Eigen::Index> moved;
  for (std::size_t k = 0; k < held.size(); ++k) {
    if (!held[k]) moved.push_back(static_cast<Eigen::Index>(k));
  }
  SharedStep result{std::vector<double>(held.size(), 0.0), 0.0};
  if (moved.empty()) return result;
  const Eigen::MatrixXd part = information(moved, moved);
  const Eigen::LLT<Eigen::MatrixXd> factors(part);
  if (!part.allFinite() || factors.info() != Eigen::Success) return std::nullopt;
  const Eigen::VectorXd down = descent(moved);
  const Eigen::VectorXd step = factors.solve(down);
  for (std::size_t i = 0; i < moved.size(); ++i) {
    result.step[static_cast<std::size_t>(moved[i])] = step[static_cast<Eigen::Index>(i)];
  }
  result.in_errors = std::sqrt(std::max(0.0, step.dot(down)));
  return result;
}

std::vector<Uncertain> SharedSums::values(std::span<const double> at) const {
  const Eigen::MatrixXd covariance =
      information.llt().solve(Eigen::MatrixXd::Identity(information.rows(), information.cols()));
  std::vector<Uncertain> values;
  for (std::size_t k = 0; k < at.size(); ++k) {
    const auto row = static_cast<Eigen::Index>(k);
    values.push_back({at[k], std::sqrt(covariance(row, row))});
  }
  return values;
}

/// What one curve adds to the sums.
struct SharedLikelihood::Terms {
  Eigen::VectorXd descent;
  Eigen::MatrixXd information;
  Eigen::VectorXd line_slopes;

  /// `free`: the curve's own parameters that are not at their bound, `line`: the place of E0 among them.
  static std::optional<Terms> of(const NormalEquations& equations, std::span<const std::size_t> shared,
                                 std::span<const std::size_t> free, std::size_t line) {
    const Eigen::LLT<Eigen::MatrixXd> own(block_of(equations, free, free));
    if (own.info() != Eigen::Success) return std::nullopt;
    const Eigen::MatrixXd cross = block_of(equations, free, shared);
    const Eigen::MatrixXd follow = own.solve(cross);  // minus d(free)/d(shared)
    Terms terms{entries_of(equations.descent, shared) - follow.transpose() * entries_of(equations.descent, free),
                block_of(equations, shared, shared) - cross.transpose() * follow,
                Eigen::VectorXd::Zero(static_cast<Eigen::Index>(shared.size()))};
    if (line < free.size()) terms.line_slopes = -follow.row(static_cast<Eigen::Index>(line)).transpose();
    if (!terms.information.allFinite() || !terms.descent.allFinite()) return std::nullopt;
    return terms;
  }
};

SharedLikelihood::SharedLikelihood(const Curves& curves, const FluxModel& model, std::span<const std::size_t> shared,
                                   std::vector<std::size_t> sample, const CurveSettings& settings, double background)
    : model_(model),
      statistic_(StatisticRegistry::instance().get(settings.statistic)),
      settings_(settings),
      background_(background),
      shared_(shared) {
  load(curves, std::move(sample));
}

void SharedLikelihood::load(const Curves& curves, std::vector<std::size_t> sample) {
  std::ranges::sort(sample);  // neighbours share the memory that is read
  CurvePoints points(curves, statistic_, settings_.max_zero_fraction);
  for (const std::size_t index : sample) {
    if (points.load(index) != StatusReason::none) continue;
    const FitProblem problem = points.problem(model_, background_);
    if (problem.points() <= problem.parameters()) continue;
    SampledCurve curve{{{problem.threshold.begin(), problem.threshold.end()},
                        {problem.observed.begin(), problem.observed.end()},
                        {problem.scale.begin(), problem.scale.end()}},
                       std::vector<double>(problem.parameters())};
    set_start(problem, {}, curve.parameters);
    most_points_ = std::max(most_points_, problem.points());
    curves_.push_back(std::move(curve));
  }
}

FitProblem SharedLikelihood::problem_of(const SampledCurve& curve) const {
  return {model_, statistic_, curve.points.threshold, curve.points.observed, curve.points.scale, background_};
}

std::vector<std::size_t> SharedLikelihood::free_indices() const {
  std::vector<std::size_t> free;
  for (std::size_t k = 0; k < model_.parameters().size(); ++k) {
    if (std::ranges::count(shared_, k) == 0) free.push_back(k);
  }
  return free;
}

std::vector<double> SharedLikelihood::start_values() const {
  std::vector<double> means(shared_.size(), 0.0);
  for (const SampledCurve& curve : curves_) {
    for (std::size_t k = 0; k < means.size(); ++k) {
      means[k] += curve.parameters[shared_[k]] / static_cast<double>(curves_.size());
    }
  }
  return means;
}

/// The parameters of the curve's own that are not at their bound.
std::vector<std::size_t> SharedLikelihood::inside_indices(const SampledCurve& curve) const {
  std::vector<std::size_t> inside = free_indices();
  std::erase_if(inside, [&](std::size_t k) {
    const ModelParameter& parameter = model_.parameters()[k];
    return parameter.may_vanish && curve.parameters[k] <= parameter.lower;
  });
  return inside;
}

double SharedLikelihood::largest_share(std::span<const double> values, std::span<const double> step) const {
  double share = 1.0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const ModelParameter& parameter = model_.parameters()[shared_[k]];
    const double room = step[k] > 0.0 ? parameter.upper - values[k] : values[k] - parameter.lower;
    if (std::abs(step[k]) > 0.5 * room) share = std::min(share, 0.5 * room / std::abs(step[k]));
  }
  return share;
}

/// Fits one curve after another with what is shared held at its values; one object a thread.
class SharedLikelihood::CurveTerms {
 public:
  /// `own`: the model of the curves' own parameters, `free`.
  CurveTerms(const SharedLikelihood& likelihood, const PartialModel& own, std::span<const std::size_t> free)
      : likelihood_(likelihood),
        own_(own),
        free_(free),
        fitter_(own, likelihood.settings_.engine, likelihood.most_points_),
        whole_(likelihood.most_points_, likelihood.model_.parameters().size()) {}

  /// Leaves the minimum in the curve; empty where there is none. `values`: of what is shared.
  std::optional<Terms> operator()(SampledCurve& curve, std::span<const double> values) {
    if (!fit(curve)) return std::nullopt;
    const auto shared = likelihood_.shared_;
    for (std::size_t k = 0; k < values.size(); ++k) curve.parameters[shared[k]] = values[k];
    const std::vector<std::size_t> inside = likelihood_.inside_indices(curve);
    const auto line = std::ranges::find(inside, likelihood_.model_.index_of(quantity::line)) - inside.begin();
    whole_.set(likelihood_.problem_of(curve), curve.parameters);
    return Terms::of(whole_.equations(), shared, inside, static_cast<std::size_t>(line));
  }

 private:
  bool fit(SampledCurve& curve) {
    const FitProblem whole = likelihood_.problem_of(curve);
    const FitProblem problem{own_, whole.statistic, whole.threshold, whole.observed, whole.scale, whole.background};
    std::vector<double> values;
    for (const std::size_t k : free_) values.push_back(curve.parameters[k]);
    const CurveMinimum minimum = fitter_(problem, values);
    if (minimum.failure != StatusReason::none) return false;
    curve.chi2 = minimum.chi2;
    for (std::size_t k = 0; k < free_.size(); ++k) curve.parameters[free_[k]] = values[k];
    return true;
  }

  const SharedLikelihood& likelihood_;
  const PartialModel& own_;
  std::span<const std::size_t> free_;
  CurveFitter fitter_;
  Evaluation whole_;
};

SharedSums SharedLikelihood::at(std::span<const double> values) {
  const std::vector<std::optional<Terms>> terms = terms_at(values);
  const auto count = static_cast<Eigen::Index>(values.size());
  SharedSums sums{0.0, 0, Eigen::VectorXd::Zero(count), Eigen::MatrixXd::Zero(count, count),
                  Eigen::VectorXd::Zero(count)};
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    curves_[i].fitted = terms[i].has_value();
    if (!curves_[i].fitted) continue;
    sums.chi2 += curves_[i].chi2;
    ++sums.fitted;
    sums.descent += terms[i]->descent;
    sums.information += terms[i]->information;
    sums.line_slopes += terms[i]->line_slopes;
  }
  std::erase_if(curves_, [](const SampledCurve& curve) { return !curve.fitted; });
  add_correction(values, sums);
  return sums;
}

/// Each task writes its own places: the sums do not depend on who does which.
std::vector<std::optional<SharedLikelihood::Terms>> SharedLikelihood::terms_at(std::span<const double> values) {
  const std::vector<std::size_t> free = free_indices();
  std::vector<double> all(model_.parameters().size(), 0.0);
  for (std::size_t k = 0; k < values.size(); ++k) all[shared_[k]] = values[k];
  const PartialModel own(model_, all, free);
  const std::size_t tasks = (curves_.size() + likelihoods_per_task - 1) / likelihoods_per_task;
  std::vector<std::optional<CurveTerms>> workers(static_cast<std::size_t>(worker_count(tasks, settings_.threads)));
  std::vector<std::optional<Terms>> terms(curves_.size());
  parallel_for(tasks, settings_.threads, [&](std::size_t task, int index) {
    auto& worker = workers[static_cast<std::size_t>(index)];
    if (!worker) worker.emplace(*this, own, free);
    const std::size_t end = std::min((task + 1) * likelihoods_per_task, curves_.size());
    for (std::size_t i = task * likelihoods_per_task; i < end; ++i) terms[i] = (*worker)(curves_[i], values);
  });
  return terms;
}

void SharedLikelihood::correct_at(std::span<const double> values) {
  if (!statistic_.traits().bias_corrected) return;
  const std::size_t parameters = model_.parameters().size();
  corrected_at_ = vector_of(values);
  left_descent_ = Eigen::VectorXd::Zero(corrected_at_.size());
  Evaluation whole(most_points_, parameters);
  LikelihoodBias bias(most_points_, parameters);
  for (const SampledCurve& curve : curves_) {
    const FitProblem problem = problem_of(curve);
    const std::vector<std::size_t> inside = inside_indices(curve);
    whole.set(problem, curve.parameters);
    const Eigen::LLT<Eigen::MatrixXd> own(block_of(whole.equations(), inside, inside));
    const ParameterCovariance covariance = own.solve(Eigen::MatrixXd::Identity(own.rows(), own.cols()));
    const ParameterVector score = bias.expected_score(problem, curve.parameters, whole, inside, covariance);
    const Eigen::MatrixXd follow = own.solve(block_of(whole.equations(), inside, shared_));
    left_descent_ += entries_of(score, shared_) - follow.transpose() * entries_of(score, inside);
  }
}

void SharedLikelihood::add_correction(std::span<const double> values, SharedSums& sums) const {
  if (left_descent_.size() == 0) return;
  sums.descent -= left_descent_;
  sums.chi2 += 2.0 * left_descent_.dot(vector_of(values) - corrected_at_);
}

void SharedLikelihood::drop_outliers() {
  const std::size_t line_index = model_.index_of(quantity::line);
  const bool has_line = line_index < model_.parameters().size();
  const double dispersion = dispersion_factor(settings_.covariance, {settings_.dispersion.value_or(1.0), 0.0});
  std::erase_if(curves_, [&](const SampledCurve& curve) {
    const double ndf = static_cast<double>(curve.points.threshold.size() - free_indices().size());
    const double line = has_line ? curve.parameters[line_index] : curve.points.threshold.front();
    if (line < curve.points.threshold.front() || line > curve.points.threshold.back()) return true;
    return curve.chi2 / dispersion > ndf + outlying * std::sqrt(2.0 * ndf);
  });
}

}  // namespace velocal
