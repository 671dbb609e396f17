// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/inference/likelihood_bias.hpp"

#include <Eigen/LU>
#include <catch2/catch.hpp>

#include "drawn_scan.hpp"
#include "support/model_formulas.hpp"
#include "support/statistics.hpp"
#include "velocal/fit/curves/curve_fitter.hpp"
#include "velocal/fit/inference/parameter_covariance.hpp"
#include "velocal/model/formula_model.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::likelihood_bias_test {

namespace {

/// A flux that does not depend on the threshold: A^power.
template <int power>
struct Constant {
  static constexpr std::string_view name = "constant";
  static constexpr std::array<ModelParameter, 1> parameters{{{"A", "", 0.0, 1e9}}};
  template <class Real>
  static Real at(Real threshold, const double* values, Real* gradient) {
    gradient[0] = threshold * 0.0 + power * std::pow(values[0], power - 1);
    return threshold * 0.0 + std::pow(values[0], power);
  }
  static std::array<double, 1> start(const LineShape&) { return {1.0}; }
};

const std::vector<double> line_parameters{4e-4, 10.0, 4.5, 1548.0};
constexpr double background = 2e-6;

std::vector<double> thresholds_of_scan() {
  std::vector<double> thresholds;
  for (int threshold = 1480; threshold <= 1600; ++threshold) thresholds.push_back(threshold);
  return thresholds;
}

/// The library's bias and covariance at the given parameters.
struct Bias {
  Bias(const FluxModel& model, const std::vector<double>& parameters, double live_time_s) {
    const std::vector<double> threshold = thresholds_of_scan();
    const std::size_t n = threshold.size();
    const std::vector<double> observed(n, 1.0);  // the counts themselves play no part
    const std::vector<double> live_time(n, live_time_s);
    const FitProblem problem{model, test::statistic("poisson"), threshold, observed, live_time, background};
    Evaluation at(n, parameters.size());
    at.set_plainly(problem, parameters);
    covariance = parameter_covariance(at.equations().normal, parameters.size()).value();
    bias = LikelihoodBias(n, parameters.size())(problem, parameters, at, covariance);
  }
  ParameterCovariance covariance;
  ParameterVector bias;
};

using Matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;

/// Cox & Snell's formula for F1_0 in long double, with numeric first and second derivatives of the formula.
Matrix bias_by_formula(const std::vector<double>& at, long double live_time_s) {
  constexpr Eigen::Index p = 4;
  const std::vector<long double> step{1e-7L, 1e-3L, 1e-3L, 1e-3L};
  const auto mu = [&](double threshold, Eigen::Index k, int i, Eigen::Index l, int j) {
    std::vector<long double> moved(at.begin(), at.end());
    moved[static_cast<std::size_t>(k)] += i * step[static_cast<std::size_t>(k)];
    moved[static_cast<std::size_t>(l)] += j * step[static_cast<std::size_t>(l)];
    return live_time_s * (test::formula("F1_0", moved, threshold) + background);
  };
  std::vector<Matrix> slopes, curvatures;
  std::vector<long double> means;
  Matrix information = Matrix::Zero(p, p);
  for (const double threshold : thresholds_of_scan()) {
    Matrix slope(p, 1), curvature(p, p);
    for (Eigen::Index k = 0; k < p; ++k) {
      const long double hk = step[static_cast<std::size_t>(k)];
      slope(k) = (mu(threshold, k, 1, k, 0) - mu(threshold, k, -1, k, 0)) / (2.0L * hk);
      for (Eigen::Index l = 0; l < p; ++l) {
        const long double hl = step[static_cast<std::size_t>(l)];
        curvature(k, l) = (mu(threshold, k, 1, l, 1) - mu(threshold, k, 1, l, -1) - mu(threshold, k, -1, l, 1) +
                           mu(threshold, k, -1, l, -1)) /
                          (4.0L * hk * hl);
      }
    }
    means.push_back(mu(threshold, 0, 0, 0, 0));
    information += slope * slope.transpose() / means.back();
    slopes.push_back(slope);
    curvatures.push_back(curvature);
  }
  const Matrix covariance = information.fullPivLu().inverse();
  Matrix score = Matrix::Zero(p, 1);
  for (std::size_t i = 0; i < means.size(); ++i) score += slopes[i] / means[i] * (covariance * curvatures[i]).trace();
  return -0.5L * covariance * score;
}

}  // namespace

TEST_CASE("bias in closed form: the root and the square of an amplitude") {
  // Mathematics: n thresholds of live time L hold N in all, of mean M = n L (A^k + b); the estimate of A^k + b, N/(n
  // L), has no bias and the variance M/(n L)^2, so that of A has -1/2 k (k - 1) A^(k-2) var / (k A^(k-1))^3 to first
  // order.
  const double A = 3.0, live_time_s = 5.0;
  const double exposure = 121.0 * live_time_s;
  const auto expected = [&](int k) {
    const double variance = (std::pow(A, k) + background) / exposure;
    return -0.5 * k * (k - 1) * std::pow(A, k - 2) * variance / std::pow(k * std::pow(A, k - 1), 3);
  };
  // Differences over a tenth of an error, itself 2 % and less of A: exact to 1e-5 for k = 3, to rounding for 1 and 2.
  CHECK(Bias(FormulaModel<Constant<1>>(), {A}, live_time_s).bias[0] == Approx(0.0).margin(1e-12));
  CHECK(Bias(FormulaModel<Constant<2>>(), {A}, live_time_s).bias[0] == Approx(expected(2)).epsilon(1e-9));
  CHECK(Bias(FormulaModel<Constant<3>>(), {A}, live_time_s).bias[0] == Approx(expected(3)).epsilon(1e-5));
}

TEST_CASE("the bias of F1_0 agrees with the formula in long double") {
  // The library's second derivatives are differences over a tenth of an error: off by fourth derivatives times 1e-3
  // where the errors are largest, at 33 s.
  const double live_time_s = GENERATE(33.0, 330.0, 33e3);
  CAPTURE(live_time_s);
  const Bias ours(ModelRegistry::instance().get("F1_0"), line_parameters, live_time_s);
  const Matrix expected = bias_by_formula(line_parameters, live_time_s);
  for (Eigen::Index k = 0; k < 4; ++k) {
    CAPTURE(k);
    CHECK(ours.bias[k] == Approx(static_cast<double>(expected(k))).epsilon(2e-3));
  }
}

TEST_CASE("the bias falls as 1/live time") {
  // At many counts; the background stays the same share of the flux.
  const FluxModel& model = ModelRegistry::instance().get("F1_0");
  const Bias one(model, line_parameters, 1e5), ten(model, line_parameters, 1e6);
  for (Eigen::Index k = 0; k < 4; ++k) CHECK(one.bias[k] == Approx(10.0 * ten.bias[k]).epsilon(1e-3));
}

TEST_CASE("the estimates of simulated pixels are biased as the formula says", "[thorough]") {
  // 20,000 pixels of 100 s tell their means to 0.007 of their errors; the bias of f is 0.07 of its error, that of s
  // -0.04. What is left are terms of second order, a tenth.
  const FluxModel& model = ModelRegistry::instance().get("F1_0");
  const double live_time_s = 100.0;
  const Bias expected(model, line_parameters, live_time_s);
  std::mt19937_64 random(1968);
  const FluxCube cube = test::masked_cube(test::threshold_range(1480, 1600), live_time_s);
  auto means = test::expected_counts(cube, "F1_0", line_parameters);
  for (double& mean : means) mean += live_time_s * background;
  const std::vector<double> threshold = thresholds_of_scan();
  CurveFitter fitter(model, "fast", threshold.size());
  std::array<test::Sample, 4> estimates;
  for (int pixel = 0; pixel < 20000; ++pixel) {
    const auto counts = test::drawn(means, random);
    const std::vector<double> observed(counts.begin(), counts.end());
    const FitProblem problem{model, test::statistic("poisson"), threshold, observed, cube.live_time_s, background};
    std::vector<double> parameters = line_parameters;
    REQUIRE(fitter(problem, parameters).failure == StatusReason::none);
    for (std::size_t k = 0; k < 4; ++k) estimates[k].add(parameters[k]);
  }
  for (Eigen::Index k = 0; k < 4; ++k) {
    const test::Sample& sample = estimates[static_cast<std::size_t>(k)];
    const double bias = sample.mean() - line_parameters[static_cast<std::size_t>(k)];
    const double error = std::sqrt(expected.covariance(k, k));
    CAPTURE(k, bias / error, expected.bias[k] / error);
    CHECK(std::abs(bias - expected.bias[k]) <
          4.0 * sample.deviation() / std::sqrt(sample.size()) + 0.1 * std::abs(expected.bias[k]));
  }
}

}  // namespace velocal::likelihood_bias_test
