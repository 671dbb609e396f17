// SPDX-License-Identifier: GPL-3.0-or-later
// A flux model of your own, fitted by velocal without a change to velocal.
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <random>

#include "velocal/calibration/calibration.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/model/formula_model.hpp"
#include "velocal/model/model_registry.hpp"
#include "velocal/model/terms.hpp"

using namespace velocal;

/// No shelf, but both lines of Fe-55: a step at E0 (Mn K-alpha, 5.90 keV) and one 12.4 DAC above it (K-beta, 6.49 keV),
/// F = A [(1 - r) step(d) + r step(d - 12.4)], step(d) = erfc(d/(sqrt(2) s)) / (sqrt(2 pi) s), d = E - E0.
struct TwoLines {
  static constexpr std::string_view name = "two_lines";
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr std::array<ModelParameter, 4> parameters{{
      {"r", "", 0.0, 1.0, true},  // true: "no K-beta at all" is an answer, too
      {"A", "DAC hits/s", 0.0, infinity},
      {"s", "DAC", 0.0, infinity},
      {"E0", "DAC", 0.0, infinity},
  }};

  template <class Real>
  static Real at(Real threshold, const double* parameters, Real* gradient) {
    const auto [r, A, s, E0] = std::array{parameters[0], parameters[1], parameters[2], parameters[3]};
    const Real d = threshold - E0;
    const auto alpha = terms::photo_peak(d, s);  // with its derivatives
    const auto beta = terms::photo_peak(d - 12.4, s);
    const Real shape = alpha.value * (1.0 - r) + beta.value * r;
    gradient[0] = (beta.value - alpha.value) * A;
    gradient[1] = shape;
    gradient[2] = (alpha.d_s * (1.0 - r) + beta.d_s * r) * A;
    gradient[3] = -(alpha.d_d * (1.0 - r) + beta.d_d * r) * A;
    return shape * A;
  }

  static std::array<double, 4> start(const LineShape& shape) {
    const double A = 0.5 * shape.step * shape.width / terms::inv_sqrt_2pi;  // far below the line F = 2 A/(sqrt(2 pi) s)
    return {0.1, A, shape.width, shape.line};
  }
};

/// 4096 live pixels at 121 thresholds, drawn from the model: r = 0.12, A = 10, s = 4.5, E0 = 1549 for each.
FluxCube draw_cube(const FluxModel& model) {
  FluxCube cube;
  for (int threshold = 1480; threshold <= 1600; ++threshold) cube.threshold.push_back(threshold);
  cube.live_time_s.assign(cube.threshold_count(), 262.1);
  const std::vector<double> thresholds(cube.threshold.begin(), cube.threshold.end());
  std::vector<double> flux(cube.threshold_count());
  model.flux(std::array{0.12, 10.0, 4.5, 1549.0}, thresholds, flux);
  cube.counts.resize(cube.threshold_count() * pixel_count);
  std::mt19937_64 random(1);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    cube.mask[pixel] = pixel % 16 == 0 ? 0 : 1;
    if (cube.mask[pixel] != 0) continue;
    for (std::size_t t = 0; t < flux.size(); ++t) {
      std::poisson_distribution<std::uint32_t> hits(cube.live_time_s[t] * flux[t]);
      cube.counts[t * pixel_count + pixel] = hits(random);
    }
  }
  return cube;
}

int main() {
  ModelRegistry::instance().add(std::make_unique<FormulaModel<TwoLines>>());  // from here on, descriptors know it, too

  const FluxCube cube = draw_cube(ModelRegistry::instance().get("two_lines"));
  FitSettings settings;
  settings.model = "two_lines";
  settings.statistic = Statistic::poisson;
  settings.start = StartValues::automatic;
  const ScanFit fit = fit_scan(cube, ScanSettings{}, settings);

  const PixelMeans line = pixel_means(fit.pixels.find("E0")->value);
  const PixelMeans share = pixel_means(fit.pixels.find("r")->value);
  std::printf("%zu of 4096 pixels good\n", line.pixels);
  std::printf("E0 = %.3f +- %.3f DAC (drawn: 1549)\n", line.mean, line.mean_error);
  std::printf("r = %.4f +- %.4f (drawn: 0.12)\n", share.mean, share.mean_error);
  return line.pixels > 3800 && std::abs(line.mean - 1549.0) < 0.1 ? 0 : 1;
}
