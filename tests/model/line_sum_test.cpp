// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/line_sum.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "support/model_formulas.hpp"
#include "velocal/core/error.hpp"
#include "velocal/model/model_for_source.hpp"
#include "velocal/model/model_registry.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

/// Thresholds above the baseline: more than one block of the sum's.
std::vector<double> scan() {
  std::vector<double> threshold(150);
  std::iota(threshold.begin(), threshold.end(), 30.0);
  return threshold;
}

/// Typical values of a model, with its line at 124 DAC above the baseline.
std::vector<double> values_of(const test::TypicalParameters& typical) {
  std::vector<double> values = typical.values;
  values.back() = 124.0;
  return values;
}

/// The sum as the definition has it, from the formulas written out by the tests.
double sum_of_formulas(const test::TypicalParameters& typical, const std::vector<double>& values,
                       const PhotonSource& source, double share2, double threshold) {
  long double sum = 0.0;
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    std::vector<long double> of_line(values.begin(), values.end());
    of_line.back() *= source.lines[i].energy_ratio;
    sum += (i == 0 ? 1.0L - share2 : share2) * test::formula(typical.model, of_line, threshold);
  }
  return static_cast<double>(sum);
}

}  // namespace

TEST_CASE("a model over two lines is the weighted sum of its formula at each line's place") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  CAPTURE(typical.model);
  const PhotonSource source = photon_source({});
  const auto model = model_for_source(typical.model, source);
  REQUIRE(model->above_baseline());
  const std::vector<double> threshold = scan(), values = values_of(typical);
  std::vector<double> flux(threshold.size()), fast(threshold.size());
  model->flux(values, threshold, flux);
  model->fast_flux(values, threshold, fast);
  for (std::size_t i = 0; i < threshold.size(); ++i) {
    const double expected = sum_of_formulas(typical, values, source, source.lines[1].share, threshold[i]);
    REQUIRE(flux[i] == Approx(expected).epsilon(1e-11).margin(1e-15));
    REQUIRE(fast[i] == Approx(expected).epsilon(1e-11).margin(1e-15));
  }
}

TEST_CASE("the gradient of the sum is that of what is evaluated, by the share of the second line and the zero too") {
  const bool with_share = GENERATE(false, true), with_zero = GENERATE(false, true);
  const std::string name = GENERATE("F1_0", "F2sAB", "timepix", "diffusion");
  CAPTURE(name, with_share, with_zero);
  const auto model = model_for_source(name, photon_source({}), {with_share, with_zero});
  std::vector<double> values{0.4, 4.3, 4.5, 124.0};
  for (const auto& typical : test::typical_parameters()) {
    if (typical.model == name) values = values_of(typical);
  }
  if (with_share) values.push_back(0.13);
  if (with_zero) values.push_back(3.0);
  const std::size_t count = values.size();
  REQUIRE(model->parameters().size() == count);
  const std::vector<double> threshold = scan();
  const std::size_t n = threshold.size();
  std::vector<double> flux(n), gradient(count * n), fast(n), fast_gradient(count * n), low(n), high(n);
  model->flux_and_gradient(values, threshold, flux, gradient);
  model->fast_flux_and_gradient(values, threshold, fast, fast_gradient);
  for (std::size_t k = 0; k < count; ++k) {
    const double step = 1e-4 * std::max(values[k], 1e-3);
    auto moved = values;
    moved[k] += step;
    model->flux(moved, threshold, high);
    moved[k] -= 2.0 * step;
    model->flux(moved, threshold, low);
    for (std::size_t i = 0; i < n; ++i) {
      const double numeric = (high[i] - low[i]) / (2.0 * step);
      // Central differences: a remainder of step^2 times the third derivative, some 1e-7 of the flux over the length.
      const double tolerance = 1e-5 * (std::abs(numeric) + flux[0] / std::max(values[k], 1.0));
      REQUIRE(gradient[k * n + i] == Approx(numeric).margin(tolerance));
      REQUIRE(fast_gradient[k * n + i] == Approx(gradient[k * n + i]).epsilon(1e-9).margin(1e-12));
    }
  }
}

TEST_CASE("with the share of the second line as a parameter the others keep their proportions") {
  Source source;
  source.name = "three";
  source.lines = {{5900.0, 6.0}, {6500.0, 3.0}, {7000.0, 1.0}};
  const PhotonSource three = photon_source(source);
  const auto fixed = model_for_source("F1_0", three);
  const auto shared = model_for_source("F1_0", three, {.share = true});
  REQUIRE(shared->parameters().back().name == "w2");
  std::vector<double> values{0.0005, 6.0, 5.0, 124.0};
  const std::vector<double> threshold = scan();
  std::vector<double> flux(threshold.size()), same(threshold.size());
  fixed->flux(values, threshold, flux);
  values.push_back(three.lines[1].share);
  shared->flux(values, threshold, same);
  for (std::size_t i = 0; i < flux.size(); ++i) REQUIRE(same[i] == Approx(flux[i]).epsilon(1e-12).margin(1e-15));
  values.back() = 0.0;  // and without the second line the first and third are all
  shared->flux(values, threshold, same);
  std::vector<double> first(threshold.size()), third(threshold.size());
  values.pop_back();
  ModelRegistry::instance().get("F1_0").flux(values, threshold, first);
  values.back() *= 7000.0 / 5900.0;
  ModelRegistry::instance().get("F1_0").flux(values, threshold, third);
  const double w1 = three.lines[0].share / (three.lines[0].share + three.lines[2].share);
  for (std::size_t i = 0; i < flux.size(); ++i) {
    REQUIRE(same[i] == Approx(w1 * first[i] + (1.0 - w1) * third[i]).epsilon(1e-12).margin(1e-15));
  }
}

TEST_CASE("a model over one line is the model itself") {
  Source source;
  source.photon_energy_eV = 5900.0;
  const auto model = model_for_source("F1_0", photon_source(source));
  CHECK(model.get() == &ModelRegistry::instance().get("F1_0"));
  CHECK_FALSE(model->above_baseline());
}

TEST_CASE("the physical curve over two lines is the sum of the curves of each") {
  const PhotonSource source = photon_source({});
  const auto both = model_for_source("diffusion", source);
  const auto sum = model_for_source("diffusion", source, {.share = true});
  std::vector<double> values{0.4, 4.3, 4.5, 124.0};
  std::vector<double> flux(150), summed(150);
  both->flux(values, scan(), flux);
  values.push_back(source.lines[1].share);
  sum->flux(values, scan(), summed);
  // Each curve is accurate to 1e-5 of R.
  for (std::size_t i = 0; i < flux.size(); ++i) CHECK(summed[i] == Approx(flux[i]).margin(3e-5 * 0.4));
}

TEST_CASE("what the physical curve was made of is kept, and another source has a curve of its own") {
  const auto once = model_for_source("diffusion", photon_source({}));
  CHECK(once == model_for_source("diffusion", photon_source({})));
  Source cold;
  cold.temperature_C = -30.0;
  CHECK(once != model_for_source("diffusion", photon_source(cold)));
}

TEST_CASE("where the zero of the charge is a parameter, the lines lie in proportion to their distance from it") {
  const PhotonSource iron = photon_source({});
  const auto shifted = model_for_source("F1_0", iron, {.zero = true});
  REQUIRE(shifted->parameters().back().name == "zero");
  std::vector<double> values{0.0005, 6.0, 5.0, 124.0, 4.0};
  const std::vector<double> threshold = scan();
  std::vector<double> flux(threshold.size()), first(threshold.size()), second(threshold.size());
  shifted->flux(values, threshold, flux);
  values.pop_back();
  ModelRegistry::instance().get("F1_0").flux(values, threshold, first);
  values.back() = 4.0 + 120.0 * 6490.0 / 5895.0;
  ModelRegistry::instance().get("F1_0").flux(values, threshold, second);
  for (std::size_t i = 0; i < flux.size(); ++i) {
    const double expected = iron.lines[0].share * first[i] + iron.lines[1].share * second[i];
    REQUIRE(flux[i] == Approx(expected).epsilon(1e-12).margin(1e-15));
  }
}

TEST_CASE("a share of a second line needs one") {
  Source source;
  source.photon_energy_eV = 5900.0;
  CHECK_THROWS_WITH(model_for_source("F1_0", photon_source(source), {.share = true}),
                    Contains("w2") && Contains("one line"));
  CHECK_THROWS_AS(LineSum({}, {}), UsageError);
}
