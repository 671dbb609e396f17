// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <random>

#include "likelihood_formula.hpp"
#include "support/simd_levels.hpp"
#include "support/statistics.hpp"
#include "velocal/fit/problem/statistic.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::normal_equations_test {

namespace {

/// A sum, and that of its terms' absolute values: what rounding errors are relative to.
struct Sum {
  long double value = 0.0L;
  long double size = 0.0L;

  void add(long double term, long double term_size) {
    value += term;
    size += term_size;
  }
  /// To the rounding of some 120 terms, each with a logarithm good to 4 units in the last place.
  bool equals(double ours) const { return std::abs(ours - value) <= 3e-14L * size; }
};

/// Points with any flux and gradient: the equations do not ask for the model.
struct Points {
  Points(std::string_view name, std::string_view chi2, std::size_t n)
      : model(ModelRegistry::instance().get(name)),
        statistic(test::statistic(chi2)),
        parameters(model.parameters().size()) {
    std::mt19937_64 random(n);
    std::uniform_real_distribution<double> share(0.5, 1.5);
    std::normal_distribution<double> any;
    for (std::size_t i = 0; i < n; ++i) {
      threshold.push_back(1480.0 + static_cast<double>(i));
      flux.push_back(0.05 * share(random));
      scale.push_back(260.0 * share(random));
      const double counts = i % 3 == 1 ? 0.0 : std::round(13.0 * share(random));
      observed.push_back(poisson() ? counts : 0.05 * share(random));
    }
    for (std::size_t i = 0; i < parameters * n; ++i) gradient.push_back(any(random));
  }

  FitProblem problem() const { return {model, statistic, threshold, observed, scale, background}; }
  NormalEquations equations(SimdLevel level) const {
    NormalEquations result;
    statistic.set_normal_equations(problem(), flux, gradient, result, level);
    return result;
  }
  bool poisson() const { return statistic.name() == "poisson"; }
  long double mu(std::size_t i) const { return static_cast<long double>(scale[i]) * (flux[i] + 0.0L + background); }
  long double weight(std::size_t i) const {
    const long double square = static_cast<long double>(scale[i]) * scale[i];
    return poisson() ? square / mu(i) : square;
  }
  long double residual(std::size_t i) const {
    return poisson() ? (observed[i] - mu(i)) / scale[i] : static_cast<long double>(observed[i]) - flux[i];
  }

  const FluxModel& model;
  const Statistic& statistic;
  std::size_t parameters;
  double background = 2e-6;
  std::vector<double> threshold, observed, scale, flux, gradient;
};

}  // namespace

TEST_CASE("chi2, descent and normal matrix are the sums over the points, at every SIMD level") {
  const auto statistic = GENERATE(as<std::string>{}, "neyman", "poisson");
  const std::string_view model = GENERATE("F1_0", "F2s_0");
  const std::size_t n = GENERATE(as<std::size_t>{}, 1, 2, 3, 7, 8, 9, 30, 121);
  const Points points(model, statistic, n);
  Sum chi2;
  std::array<Sum, max_parameters> descent;
  std::array<std::array<Sum, max_parameters>, max_parameters> normal;
  for (std::size_t i = 0; i < n; ++i) {
    const long double weight = points.weight(i);
    const long double residual = points.residual(i);
    const long double mu = points.mu(i);
    if (points.poisson()) {
      chi2.add(test::deviance(mu, points.observed[i]), 2.0L * (mu + points.observed[i]));
    } else {
      chi2.add(weight * residual * residual, weight * std::abs(residual) * (points.observed[i] + points.flux[i]));
    }
    for (std::size_t k = 0; k < points.parameters; ++k) {
      const long double slope = points.gradient[k * n + i];
      const long double parts = points.poisson() ? (points.observed[i] + mu) / points.scale[i]
                                                 : static_cast<long double>(points.observed[i]) + points.flux[i];
      descent[k].add(weight * residual * slope, weight * parts * std::abs(slope));
      for (std::size_t l = 0; l <= k; ++l) {
        const long double product = weight * slope * points.gradient[l * n + i];
        normal[k][l].add(product, std::abs(product));
      }
    }
  }
  for (const SimdLevel level : test::available_simd_levels()) {
    const NormalEquations ours = points.equations(level);
    CAPTURE(simd_level_name(level), n, model, points.poisson());
    CHECK(chi2.equals(ours.chi2));
    for (std::size_t k = 0; k < points.parameters; ++k) {
      CHECK(descent[k].equals(ours.descent[k]));
      for (std::size_t l = 0; l <= k; ++l) CHECK(normal[k][l].equals(ours.normal[k][l]));
    }
  }
}

TEST_CASE("poisson: a flux below the lowest, or none where something was counted, is forbidden at every SIMD level") {
  // The first, the last, and one that two packs share.
  const std::size_t n = 30;
  const std::size_t at = GENERATE(as<std::size_t>{}, 0, 25, 29);
  const double background = GENERATE(0.0, 2e-6);
  Points points("F1_0", "poisson", n);
  points.background = background;
  const double lowest = points.statistic.lowest_flux(background);
  const auto allowed = [&](SimdLevel level, double counts, double flux) {
    points.observed[at] = counts;
    points.flux[at] = flux;
    return std::isfinite(points.equations(level).chi2);
  };
  for (const SimdLevel level : test::available_simd_levels()) {
    CAPTURE(simd_level_name(level), at, background);
    CHECK(allowed(level, 0.0, lowest));
    CHECK_FALSE(allowed(level, 0.0, lowest - 1e-15));
    CHECK_FALSE(allowed(level, 3.0, lowest - 1e-15));
    CHECK(allowed(level, 3.0, lowest + 1e-15));
    if (background == 0.0) CHECK_FALSE(allowed(level, 3.0, 0.0));
    CHECK_FALSE(allowed(level, 0.0, std::nan("")));
  }
}

}  // namespace velocal::normal_equations_test
