// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <numeric>
#include <random>
#include <vector>

#include "support/diffusion_integral.hpp"
#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/fit/minimise/partial_model.hpp"
#include "velocal/model/diffusion.hpp"

namespace velocal::diffusion_fit_test {

namespace {

constexpr double sigma_um = 4.3;
constexpr double baseline = 1424.0;
constexpr std::array<double, 4> truth{0.4, sigma_um, 4.5, 124.0};
constexpr std::array<std::size_t, 3> free_parameters{0, 2, 3};

const DiffusionModel& iron() {
  static const DiffusionModel model(test::iron_lines(), {});
  return model;
}

/// Scans of pixels with the true parameters, drawn from the curve as its definition integrates it.
struct DrawnCurves {
  DrawnCurves(std::size_t pixels, double live_time_s, std::uint64_t seed)
      : threshold(121), live_time(121, live_time_s), origin(pixels, baseline) {
    std::iota(threshold.begin(), threshold.end(), 1480.0);
    std::vector<double> above = threshold;
    for (double& at : above) at -= baseline;
    static const test::DiffusionIntegral integral(test::iron_lines(), {}, sigma_um);
    std::mt19937_64 random(seed);
    const std::vector<double> flux = integral(truth[2], truth[3], above);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
      for (const double shape : flux) {
        std::poisson_distribution<std::uint32_t> hits(truth[0] * live_time_s * shape + 1e-12);
        counts.push_back(hits(random));
      }
    }
  }
  Curves curves() const { return {threshold, counts_by_curve(counts, threshold.size()), live_time, origin, {}}; }

  std::vector<double> threshold;
  std::vector<double> live_time;
  std::vector<double> origin;
  std::vector<std::uint32_t> counts;
};

struct Moments {
  double mean = 0.0;
  double width = 0.0;
};
Moments moments(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double square = 0.0;
  for (const double value : values) square += (value - mean) * (value - mean);
  return {mean, std::sqrt(square / n)};
}

}  // namespace

TEST_CASE("diffusion, its cloud known: the targets of drawn pixels are right, and as good as they say") {
  const DrawnCurves drawn(500, 262.0, 7);
  const PartialModel model(iron(), truth, free_parameters);
  const CurveFits fits = fit_curves(drawn.curves(), model, {.start = {0.5, 6.0, 121.0}});
  const CurveParameter& line = fits.parameter("E0");
  std::vector<double> deviations, pulls;
  for (std::size_t i = 0; i < fits.status.size(); ++i) {
    CAPTURE(i, fits.reason[i]);
    CHECK((fits.status[i] == PixelStatus::good || fits.reason[i] == StatusReason::goodness_of_fit));
    if (fits.status[i] != PixelStatus::good) continue;
    deviations.push_back(line.value[i] - truth[3]);
    pulls.push_back(deviations.back() / line.error[i]);
  }
  const Moments deviation = moments(deviations), pull = moments(pulls);
  const std::size_t good = pulls.size();
  const double error = deviation.width / std::sqrt(static_cast<double>(good));
  std::cout << "diffusion at 262 s: E0 " << deviation.mean << " +- " << error << " DAC, spread " << deviation.width
            << ", pulls " << pull.mean << " +- " << pull.width << ", " << good << " of 500 good, "
            << fits.mean_evaluations << " evaluations\n";
  CHECK(std::abs(deviation.mean) < 3.0 * error);
  CHECK(std::abs(pull.mean) < 3.0 / std::sqrt(static_cast<double>(good)));
  CHECK(pull.width == Approx(1.0).margin(0.1));
  CHECK(good >= 450);
}

TEST_CASE("diffusion, its cloud unknown: the width of the cloud comes out, too") {
  const DrawnCurves drawn(300, 2620.0, 8);
  const CurveFits fits = fit_curves(drawn.curves(), iron());
  const CurveParameter& sigma = fits.parameter("sigma");
  std::vector<double> pulls;
  for (std::size_t i = 0; i < fits.status.size(); ++i) {
    CAPTURE(i, fits.reason[i]);
    CHECK((fits.status[i] == PixelStatus::good || fits.reason[i] == StatusReason::goodness_of_fit));
    if (fits.status[i] != PixelStatus::good) continue;
    pulls.push_back((sigma.value[i] - sigma_um) / sigma.error[i]);
  }
  const Moments pull = moments(pulls);
  std::cout << "diffusion at 2620 s: pulls of sigma " << pull.mean << " +- " << pull.width << ", "
            << fits.mean_evaluations << " evaluations\n";
  CHECK(std::abs(pull.mean) < 0.3);
  CHECK(pull.width == Approx(1.0).margin(0.15));
}

TEST_CASE("diffusion, few counts: no width beyond Fano's is an answer with an error, and hardly a pixel is lost") {
  const DrawnCurves drawn(800, 20.0, 9);
  const PartialModel model(iron(), truth, free_parameters);
  const CurveFits fits = fit_curves(drawn.curves(), model, {.start = {0.5, 6.0, 121.0}});
  const CurveParameter &line = fits.parameter("E0"), &width = fits.parameter("s");
  std::vector<double> deviations, pulls;
  std::size_t at_edge = 0, lost = 0;
  for (std::size_t i = 0; i < fits.status.size(); ++i) {
    if (fits.status[i] == PixelStatus::not_found) ++lost;
    if (fits.status[i] != PixelStatus::good) continue;
    deviations.push_back(line.value[i] - truth[3]);
    pulls.push_back(deviations.back() / line.error[i]);
    if (width.value[i] > 0.0) continue;
    ++at_edge;
    CHECK(width.value[i] == 0.0);
    CHECK(width.error[i] > 0.5);
    CHECK(width.error[i] < 10.0);
  }
  const Moments deviation = moments(deviations), pull = moments(pulls);
  const std::size_t good = pulls.size();
  const double error = deviation.width / std::sqrt(static_cast<double>(good));
  std::cout << "diffusion at 20 s: E0 " << deviation.mean << " +- " << error << " DAC, pulls " << pull.mean << " +- "
            << pull.width << ", " << at_edge << " of 800 without width, " << good << " good\n";
  CHECK(at_edge > 20);
  CHECK(lost <= 4);
  CHECK(good > 744);
  CHECK(std::abs(deviation.mean) < 0.15 + 3.0 * error);
  CHECK(pull.width == Approx(1.0).margin(0.12));
}

}  // namespace velocal::diffusion_fit_test
