// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/line_evidence.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <random>

#include "drawn_scan.hpp"
#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::line_evidence_test {

namespace {

constexpr std::size_t thresholds = 121;

/// Fits curves of these counts at 1480...1600, 100 s each; `counts(t)` is drawn anew for each curve.
CurveFits fit_counts(std::size_t curves, const std::function<std::uint32_t(std::size_t)>& counts,
                     const std::string& statistic = "poisson") {
  std::vector<double> threshold(thresholds);
  for (std::size_t t = 0; t < thresholds; ++t) threshold[t] = 1480.0 + static_cast<double>(t);
  const std::vector<double> live_time_s(thresholds, 100.0);
  std::vector<std::uint32_t> all;
  for (std::size_t curve = 0; curve < curves; ++curve) {
    for (std::size_t t = 0; t < thresholds; ++t) all.push_back(counts(t));
  }
  return fit_curves({threshold, counts_by_curve(all, thresholds), live_time_s}, ModelRegistry::instance().get("F1_0"),
                    {.statistic = statistic, .background = 2e-6});
}

auto good(const CurveFits& fits) {
  return std::ranges::count(fits.status, PixelStatus::good);
}

}  // namespace

TEST_CASE("counts without a line end good in fewer than one of 10,000 curves", "[thorough]") {
  std::mt19937_64 random(1);
  // Mean counts at the first threshold and at the last.
  constexpr std::array<std::pair<double, double>, 5> ends{
      {{0.02, 0.02}, {1.0, 1.0}, {20.0, 20.0}, {6.0, 0.0}, {20.0, 8.0}}};
  std::ptrdiff_t found = 0;
  for (const auto& [first, last] : ends) {
    const CurveFits fits = fit_counts(4000, [&, a = first, b = last](std::size_t t) {
      const double mean = a + (b - a) * static_cast<double>(t) / (thresholds - 1.0);
      return mean > 0.0 ? std::poisson_distribution<std::uint32_t>(mean)(random) : 0u;
    });
    found += good(fits);
  }
  CHECK(found <= 2);  // of 20,000
}

TEST_CASE("smooth falls without a line end good in fewer than one of 1000 curves", "[thorough]") {
  std::mt19937_64 random(2);
  // Mean counts (1 - x)^p.
  const auto [counts, power] = GENERATE(std::pair{3.0, 2}, std::pair{12.0, 2}, std::pair{20.0, 4}, std::pair{90.0, 30});
  const CurveFits fits = fit_counts(1000, [&, mean = counts, p = power](std::size_t t) {
    const double expected = mean * std::pow(1.0 - static_cast<double>(t) / (thresholds - 1.0), p);
    return expected > 0.0 ? std::poisson_distribution<std::uint32_t>(expected)(random) : 0u;
  });
  CAPTURE(counts, power);
  CHECK(good(fits) <= 1);
}

TEST_CASE("neyman takes no fall without a line for one, and loses no line of many counts") {
  std::mt19937_64 random(4);
  // Mean counts at the first threshold and at the last; of such falls neyman had called 5 to 34 % good.
  const auto [first, last] = GENERATE(std::pair{20.0, 8.0}, std::pair{60.0, 0.0}, std::pair{200.0, 20.0});
  const CurveFits fits = fit_counts(
      1000,
      [&, a = first, b = last](std::size_t t) {
        const double mean = a + (b - a) * static_cast<double>(t) / (thresholds - 1.0);
        return mean > 0.0 ? std::poisson_distribution<std::uint32_t>(mean)(random) : 0u;
      },
      "neyman");
  CAPTURE(first, last);
  CHECK(good(fits) <= 1);
  CHECK(std::ranges::count(fits.reason, StatusReason::no_line) > 50);

  FitSettings settings = test::poisson_settings();
  settings.statistic = "neyman";
  const PixelFits lines = fit_scan(test::draw_scan(500, 260.0, 5).cube, test::one_line_scan(), settings).pixels;
  CHECK(std::ranges::count(lines.reason, static_cast<std::uint8_t>(StatusReason::no_line)) == 0);
}

TEST_CASE("constant and alternating counts are no line") {
  const std::uint32_t level = GENERATE(1u, 63u);
  const std::uint32_t ripple = GENERATE(0u, 1u);
  const std::string statistic = GENERATE("poisson", "neyman");
  const CurveFits fits = fit_counts(
      1, [&](std::size_t t) { return level + (t % 2 == 0 ? 0u : ripple); }, statistic);
  CAPTURE(level, ripple, statistic);
  CHECK(fits.status[0] != PixelStatus::good);
}

TEST_CASE("true lines pass, few counts or many") {
  const test::DrawnScan scan = test::draw_scan(2000, GENERATE(20.0, 250.0), 3);
  const PixelFits fits = fit_scan(scan.cube, test::one_line_scan(), test::poisson_settings()).pixels;
  const auto lost = std::ranges::count_if(fits.reason, [](std::uint8_t reason) {
    return reason == static_cast<std::uint8_t>(StatusReason::no_line) ||
           reason == static_cast<std::uint8_t>(StatusReason::undetermined);
  });
  CHECK(lost <= 2);
}

TEST_CASE("a dark scan has no line") {
  std::mt19937_64 random(3);
  std::poisson_distribution<std::uint32_t> stray(2e-3);
  const CurveFits fits = fit_counts(
      1000, [&](std::size_t) { return stray(random); }, GENERATE("poisson", "neyman"));
  CHECK(good(fits) == 0);
}

TEST_CASE("as many points as parameters leave nothing to test a fit with") {
  const std::vector<double> threshold{1530.0, 1540.0, 1550.0, 1560.0}, live_time_s(4, 100.0);
  const std::vector<std::uint32_t> counts{90, 70, 40, 5};
  const CurveFits fits =
      fit_curves({threshold, counts_by_curve(counts, 4), live_time_s}, ModelRegistry::instance().get("F1_0"));
  CHECK(fits.reason[0] == StatusReason::too_few_points);
}

}  // namespace velocal::line_evidence_test
