// SPDX-License-Identifier: GPL-3.0-or-later
// A flux model of your own, fitted by velocal without a change to velocal.
#include <array>
#include <cstdio>
#include <limits>
#include <memory>
#include <random>
#include <vector>

#include "velocal/velocal.hpp"

/// No shelf, but both lines of Fe-55: a step at E0 (Mn K-alpha, 5.90 keV) and one 12.4 DAC above it (K-beta, 6.49 keV),
/// F = A [(1 - r) step(d) + r step(d - 12.4)], step(d) = erfc(d/(sqrt(2) s)) / (sqrt(2 pi) s), d = E - E0.
struct TwoLines {
  static constexpr std::string_view name = "two_lines";
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr std::array<velocal::ModelParameter, 4> parameters{{
      {"r", "", 0.0, 1.0, true},  // true: "no K-beta at all" is an answer, too
      {"A", "DAC hits/s", 0.0, infinity},
      {"s", "DAC", 0.0, infinity},
      {"E0", "DAC", 0.0, infinity},
  }};

  template <class Real>
  static Real at(Real threshold, const double* parameters, Real* gradient) {
    const auto [r, A, s, E0] = std::array{parameters[0], parameters[1], parameters[2], parameters[3]};
    const Real d = threshold - E0;
    const auto alpha = velocal::terms::photo_peak(d, s);  // with its derivatives
    const auto beta = velocal::terms::photo_peak(d - 12.4, s);
    const Real shape = alpha.value * (1.0 - r) + beta.value * r;
    gradient[0] = (beta.value - alpha.value) * A;
    gradient[1] = shape;
    gradient[2] = (alpha.d_s * (1.0 - r) + beta.d_s * r) * A;
    gradient[3] = -(alpha.d_d * (1.0 - r) + beta.d_d * r) * A;
    return shape * A;
  }

  static std::array<double, 4> start(const velocal::LineShape& shape) {
    // Far below the line F = 2 A/(sqrt(2 pi) s).
    const double A = 0.5 * shape.step * shape.width / velocal::terms::inv_sqrt_2pi;
    return {0.1, A, shape.width, shape.line};
  }
};

int main() {
  velocal::ModelRegistry& models = velocal::ModelRegistry::instance();
  models.add(std::make_unique<velocal::FormulaModel<TwoLines>>());  // from here on, descriptors know it, too
  const velocal::FluxModel& model = models.get("two_lines");

  // 4096 curves drawn from r = 0.12, A = 10, s = 4.5, E0 = 1549.
  constexpr std::size_t curves = 4096;
  std::vector<double> threshold;
  for (int dac = 1480; dac <= 1600; ++dac) threshold.push_back(dac);
  const std::vector<double> live_time_s(threshold.size(), 262.1);
  std::vector<double> flux(threshold.size());
  model.flux(std::array{0.12, 10.0, 4.5, 1549.0}, threshold, flux);
  std::mt19937_64 random(1);
  std::vector<std::uint32_t> counts;
  for (std::size_t i = 0; i < curves * threshold.size(); ++i) {
    const std::size_t t = i % threshold.size();
    counts.push_back(std::poisson_distribution<std::uint32_t>(live_time_s[t] * flux[t])(random));
  }

  const velocal::CurveFits fits =
      velocal::fit_curves({threshold, velocal::counts_by_curve(counts, threshold.size()), live_time_s}, model);
  double good = 0.0, line = 0.0, share = 0.0;
  for (std::size_t i = 0; i < curves; ++i) {
    if (fits.status[i] != velocal::PixelStatus::good) continue;
    good += 1.0;
    line += fits.parameter("E0").value[i];
    share += fits.parameter("r").value[i];
  }
  std::printf("%.0f of %zu curves good\n", good, curves);
  std::printf("E0 = %.2f DAC (drawn: 1549), r = %.3f (drawn: 0.12)\n", line / good, share / good);
}
