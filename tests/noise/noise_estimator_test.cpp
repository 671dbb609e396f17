// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/noise_estimator.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "velocal/core/error.hpp"
#include "velocal/core/sample.hpp"

using namespace velocal;

namespace {

using Hits = std::vector<std::uint16_t>;

std::vector<int> sweep(int highest, int step, std::size_t points) {
  std::vector<int> thresholds;
  for (std::size_t k = 0; k < points; ++k) thresholds.push_back(highest - static_cast<int>(k) * step);
  return thresholds;
}

NoiseEstimate estimate(std::string_view name, const std::vector<int>& thresholds, const Hits& hits) {
  return noise_estimator(name).estimate({thresholds, hits, thresholds[0] - thresholds[1]});
}

/// A bump of so many hits at its top, read by a counter that stops at 63.
Hits drawn(const std::vector<int>& thresholds, double mean, double width, double peak, std::mt19937_64& random) {
  Hits hits;
  for (const int threshold : thresholds) {
    const double x = (threshold - mean) / width;
    std::poisson_distribution<int> reading(peak * std::exp(-0.5 * x * x));
    hits.push_back(static_cast<std::uint16_t>(std::min(reading(random), 63)));
  }
  return hits;
}

/// The likelihood that `censored` maximises, summed term by term. An independent calculation.
double log_likelihood(const std::vector<int>& thresholds, const Hits& hits, double mean, double width, double peak) {
  double sum = 0.0;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const double x = (thresholds[i] - mean) / width, expected = peak * std::exp(-0.5 * x * x);
    const auto log_poisson = [&](int n) { return n * std::log(expected) - expected - std::lgamma(n + 1.0); };
    double full = expected < 300.0 ? 0.0 : 1.0, term = std::exp(log_poisson(63));
    for (int n = 63; expected < 300.0 && n < 600; term *= expected / ++n) full += term;
    sum += hits[i] < 63 ? log_poisson(hits[i]) : std::log(full);
  }
  return sum;
}

/// Deviations from the truth of many pixels.
struct Deviations {
  std::vector<double> mean, width, pull;
};

Deviations deviations(std::string_view name, double peak, int pixels) {
  const std::vector<int> thresholds = sweep(1360, 2, 55);
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> place(1295.0, 1305.0);
  Deviations result;
  for (int i = 0; i < pixels; ++i) {
    const double mean = place(random);
    const NoiseEstimate found = estimate(name, thresholds, drawn(thresholds, mean, 7.0, peak, random));
    result.mean.push_back(found.mean - mean);
    result.width.push_back(found.width - 7.0);
    result.pull.push_back((found.mean - mean) / found.error);
  }
  return result;
}

}  // namespace

TEST_CASE("mean and width of three thresholds, by hand") {
  // N = 4, mean (1*104 + 2*102 + 1*100)/4 = 102, squares 4 + 0 + 4
  const NoiseEstimate symmetric = estimate("moments", {104, 102, 100}, {1, 2, 1});
  CHECK(symmetric.mean == 102.0);
  CHECK(symmetric.width == Approx(std::sqrt(8.0 / 3.0)));
  CHECK(symmetric.error == Approx(std::sqrt(8.0 / 3.0) / 2.0));

  // mean 302/3 = 100.67, cut to 100; about it 0 + 1 + 1 over N - 1 = 2
  const NoiseEstimate cut = estimate("established", {101, 100}, {2, 1});
  CHECK(cut.mean == 100.0);
  CHECK(cut.width == 1.0);
  CHECK(estimate("moments", {101, 100}, {2, 1}).mean == Approx(302.0 / 3.0));
}

TEST_CASE("without hits nothing is known, with one hit no width") {
  for (const std::string& name : noise_estimator_names()) {
    CAPTURE(name);
    const NoiseEstimate none = estimate(name, {104, 102, 100}, {0, 0, 0});
    CHECK(std::isnan(none.mean));
    CHECK(std::isnan(none.error));
    CHECK(std::isnan(none.width));
    CHECK(std::isnan(estimate(name, {104, 102, 100}, {0, 1, 0}).width));
  }
  CHECK(estimate("moments", {104, 102, 100}, {0, 1, 0}).mean == 102.0);
  CHECK(estimate("established", {104, 102, 100}, {0, 1, 0}).mean == 102.0);
  CHECK_THROWS_AS(noise_estimator("median"), UsageError);
}

TEST_CASE("the censored Gaussian is at the maximum of its likelihood") {
  const std::vector<int> thresholds = sweep(1360, 2, 55);
  std::mt19937_64 random(3);
  for (const double peak : {8.0, 70.0, 3000.0}) {
    CAPTURE(peak);
    const Hits hits = drawn(thresholds, 1301.3, 6.5, peak, random);
    const NoiseEstimate best = estimate("censored", thresholds, hits);
    // the peak that goes with it, to the digits that the comparison needs
    const auto with_best_peak = [&](double mean, double width) {
      double low = std::log(peak / 20.0), high = std::log(peak * 20.0);
      for (int i = 0; i < 80; ++i) {
        const double a = low + (high - low) / 3.0, b = high - (high - low) / 3.0;
        const auto value = [&](double log_peak) {
          return log_likelihood(thresholds, hits, mean, width, std::exp(log_peak));
        };
        (value(a) < value(b) ? low : high) = value(a) < value(b) ? a : b;
      }
      return log_likelihood(thresholds, hits, mean, width, std::exp(low));
    };
    const double top = with_best_peak(best.mean, best.width);
    for (const double step : {-0.05, 0.05}) {
      CHECK(with_best_peak(best.mean + step, best.width) < top);
      CHECK(with_best_peak(best.mean, best.width + step) < top);
    }
    // one standard error away it has fallen by a half
    CHECK(top - with_best_peak(best.mean + best.error, best.width) == Approx(0.5).epsilon(0.15));
  }
}

TEST_CASE("where the likelihood has no maximum the censored Gaussian is undetermined") {
  for (const Hits& hits : {Hits{0, 9, 0, 0, 0}, Hits{5, 5, 5, 5, 5}, Hits{63, 63, 63, 63, 63}, Hits{9, 0, 0, 0, 9},
                           Hits{1, 4, 9, 20, 40}}) {
    const NoiseEstimate found = estimate("censored", {110, 108, 106, 104, 102}, hits);
    CAPTURE(found.mean, found.width);
    CHECK((std::isnan(found.mean) || found.mean < 102.0 || found.mean > 110.0));
  }
}

TEST_CASE("drawn bumps: the moments' mean is unbiased, the width only of the censored Gaussian") {
  // 5 standard errors of the means over 400 pixels
  for (const double peak : {30.0, 1000.0}) {
    CAPTURE(peak);
    for (const char* name : {"moments", "censored"}) {
      CAPTURE(name);
      const Deviations found = deviations(name, peak, 400);
      const Moments mean = moments(found.mean), pull = moments(found.pull), width = moments(found.width);
      CHECK(std::abs(mean.mean) < 5.0 * mean.mean_error);
      CHECK(std::abs(pull.mean) < 5.0 * pull.mean_error);
      if (std::string_view(name) == "censored") {
        CHECK(pull.standard_deviation == Approx(1.0).margin(0.18));
        CHECK(std::abs(width.mean) < 5.0 * width.mean_error + 0.02);
      } else if (peak > 63.0) {
        CHECK(width.mean > 1.0);
      }
    }
  }
}
