// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/shared_parameters.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <numeric>
#include <random>

#include "support/diffusion_integral.hpp"
#include "velocal/core/error.hpp"
#include "velocal/model/diffusion.hpp"
#include "velocal/model/model_for_source.hpp"

namespace velocal::shared_parameters_test {
using Catch::Matchers::Contains;

namespace {

constexpr double true_sigma_um = 4.3;
constexpr double background = 2e-6;

/// Pixels of one sensor, each with its own rate, noise and target, drawn from the curve as its definition integrates
/// it.
struct DrawnChip {
  DrawnChip(std::size_t pixels, double live_time_s, std::uint64_t seed, std::size_t pixels_a_curve = 16)
      : live_time(121, live_time_s) {
    for (int t = 55; t <= 175; ++t) threshold.push_back(t);
    static const test::DiffusionIntegral integral(test::iron_lines(), {}, true_sigma_um);
    std::mt19937_64 random(seed);
    std::normal_distribution<> normal;
    std::uniform_real_distribution<> uniform;
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
      // A few different curves are enough; each costs an integral.
      if (pixel % pixels_a_curve == 0)
        flux = integral(4.5 + 0.8 * normal(random), 124.0 + 6.0 * normal(random), threshold);
      const double rate = 0.2 + 0.6 * uniform(random);
      for (const double shape : flux) {
        std::poisson_distribution<std::uint32_t> hits(live_time_s * (rate * shape + background));
        counts.push_back(hits(random));
      }
    }
  }
  Curves curves() const { return {threshold, counts_by_curve(counts, threshold.size()), live_time}; }

  std::vector<double> threshold;
  std::vector<double> live_time;
  std::vector<double> flux;
  std::vector<std::uint32_t> counts;
};

const FluxModel& iron() {
  static const DiffusionModel model(test::iron_lines(), {});
  return model;
}

const std::vector<std::string> sigma{"sigma"};

}  // namespace

TEST_CASE("the width of the cloud that all pixels share comes out, with the error it has", "[thorough]") {
  std::vector<double> pulls;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const DrawnChip chip(160, 262.0, seed);
    const SharedParameter found = fit_shared(chip.curves(), iron(), sigma, {}, background).front();
    CHECK(found.unit == "um");
    CHECK(found.curves >= 155);
    pulls.push_back((found.value.value - true_sigma_um) / found.value.error);
  }
  const double mean = std::accumulate(pulls.begin(), pulls.end(), 0.0) / static_cast<double>(pulls.size());
  double squares = 0.0;
  for (const double pull : pulls) squares += pull * pull;
  std::cout << "shared sigma: pulls " << mean << ", rms " << std::sqrt(squares / 8.0) << '\n';
  CHECK(std::abs(mean) < 3.0 / std::sqrt(8.0));
  CHECK(squares < 26.1);  // chi-square of 8, one in a thousand
  CHECK(squares > 0.86);
}

TEST_CASE("few counts a pixel do not pull the width of the cloud", "[thorough]") {
  double sum = 0.0;
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    const DrawnChip chip(1600, 20.0, seed, 160);
    const SharedParameter found = fit_shared(chip.curves(), iron(), sigma, {}, background).front();
    sum += (found.value.value - true_sigma_um) / found.value.error;
  }
  std::cout << "shared sigma at 20 s: mean pull " << sum / 2.0 << '\n';
  CHECK(std::abs(sum / 2.0) < 1.3);  // 0.7 by chance; the plain minimum is at -2
}

TEST_CASE("the profile is a parabola of the stated width, and its minimum is the value") {
  const DrawnChip chip(160, 262.0, 9);
  const SharedParameter found = fit_shared(chip.curves(), iron(), sigma, {}, background).front();
  REQUIRE(found.profile_value.size() == 7);
  CHECK(found.profile_value[3] == found.value.value);
  CHECK(found.profile_chi2[3] == Approx(0.0).margin(1e-4));
  for (std::size_t i = 0; i < 7; ++i) {
    const double distance = (found.profile_value[i] - found.value.value) / found.value.error;
    // The curvature is that of expected counts, and changes over three errors by some per cent.
    CHECK(found.profile_chi2[i] == Approx(distance * distance).epsilon(0.1).margin(0.01));
  }
}

TEST_CASE("a wider cloud moves the line up: as the fits with the cloud held elsewhere say") {
  const DrawnChip chip(64, 262.0, 10);
  const SharedParameter found = fit_shared(chip.curves(), iron(), sigma, {}, background).front();
  CHECK(found.line_slope > 0.5);  // line/README: sigma 10 % low, E0 0.44...0.75 DAC low
  CHECK(found.line_slope < 2.5);
}

TEST_CASE("the share of K-beta can be shared with the width of the cloud", "[thorough]") {
  const DrawnChip chip(400, 2620.0, 11);
  const auto model = model_for_source("diffusion", photon_source({}), {.share = true});
  const std::vector<std::string> both{"sigma", "w2"};
  const std::vector<SharedParameter> found = fit_shared(chip.curves(), *model, both, {}, background);
  const double drawn = test::iron_lines()[1].share;
  CHECK(std::abs(found[0].value.value - true_sigma_um) < 4.0 * found[0].value.error);
  CHECK(std::abs(found[1].value.value - drawn) < 4.0 * found[1].value.error);
  CHECK(found[1].value.error < 0.02);
}

TEST_CASE("the distance of K-alpha and K-beta says where the zero of the charge is", "[thorough]") {
  const DrawnChip chip(400, 2620.0, 11);
  const auto model = model_for_source("diffusion", photon_source({}), {.zero = true});
  const std::vector<std::string> both{"sigma", "zero"};
  const std::vector<SharedParameter> found = fit_shared(chip.curves(), *model, both, {}, background);
  CHECK(std::abs(found[0].value.value - true_sigma_um) < 4.0 * found[0].value.error);
  CHECK(std::abs(found[1].value.value) < 4.0 * found[1].value.error);
  CHECK(found[1].value.error < 2.0);
}

TEST_CASE("pixels that follow no line do not pull what is shared", "[thorough]") {
  DrawnChip chip(160, 262.0, 12);
  const SharedParameter clean = fit_shared(chip.curves(), iron(), sigma, {}, background).front();
  for (std::size_t pixel = 0; pixel < 160; pixel += 20) {  // the brightest of all, and flat
    for (std::size_t t = 0; t < 121; ++t) chip.counts[pixel * 121 + t] = 2000 + static_cast<std::uint32_t>(t % 7);
  }
  const SharedParameter found = fit_shared(chip.curves(), iron(), sigma, {}, background).front();
  CHECK(found.curves <= 152);
  CHECK(std::abs(found.value.value - clean.value.value) < clean.value.error);
}

TEST_CASE("what cannot be shared is refused with a way out") {
  const DrawnChip chip(25, 262.0, 13);
  const auto fit = [&](const std::vector<std::string>& names, const FluxModel& model) {
    return fit_shared(chip.curves(), model, names, {}, background);
  };
  CHECK_THROWS_WITH(fit({"width"}, iron()),
                    Contains("has no parameter width to share") && Contains("it has R, sigma, s, E0"));
  CHECK_THROWS_WITH(fit({"R", "sigma", "s", "E0"}, iron()), Contains("all parameters") && Contains("Leave one"));
  const DrawnChip few(10, 262.0, 14);
  CHECK_THROWS_AS(fit_shared(few.curves(), iron(), sigma, {}, background), InputError);
  CHECK_THROWS_WITH(fit_shared(few.curves(), iron(), sigma, {}, background),
                    Contains("10 pixels can be fitted, 20 are needed"));
}

}  // namespace velocal::shared_parameters_test
