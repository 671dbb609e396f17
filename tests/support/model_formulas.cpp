// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/model_formulas.hpp"

#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

namespace velocal::test {
namespace {

constexpr long double pi = std::numbers::pi_v<long double>;

}  // namespace

std::array<long double, 3> formula_terms(std::string_view model, std::span<const long double> p, long double E) {
  using std::erfc;
  using std::exp;
  using std::sqrt;
  static const long double sqrt_pi = sqrt(pi), sqrt_2pi = sqrt(2 * pi), sqrt_2 = sqrt(2.0L);
  if (model == "F1_0" || model == "F1") {
    const long double f = p[0], A = p[1], s = p[2], d = E - p[3];
    return {model == "F1_0" ? f * A / 2 * s / sqrt_pi * exp(-(d / s) * (d / s)) : 0.0L, -f * A / 2 * d * erfc(d / s),
            (1 - f) * A / (2 * sqrt_2pi * s) * erfc(d / (sqrt_2 * s))};
  }
  if (model == "F2s_0") {
    const long double f = p[0], A = p[1], s = p[2], s2 = p[3], d = E - p[4];
    return {f * A / 2 * s / sqrt_pi * exp(-(d / s) * (d / s)), -f * A / 2 * d * erfc(d / s),
            (1 - f) * A / (2 * sqrt_2pi * s2) * erfc(d / (sqrt_2 * s2))};
  }
  if (model == "FAB_0" || model == "FAB") {
    const long double B = p[0], A = p[1], s = p[2], d = E - p[3];
    return {model == "FAB_0" ? A * s / sqrt_pi * exp(-(d / s) * (d / s)) : 0.0L, -A * d * erfc(d / s),
            B / (sqrt_2pi * s) * erfc(d / (sqrt_2 * s))};
  }
  if (model == "F2sAB") {
    const long double B = p[0], A = p[1], s = p[2], s2 = p[3], d = E - p[4];
    return {0.0L, -A * d * erfc(d / s), B / (sqrt_2pi * s2) * erfc(d / (sqrt_2 * s2))};
  }
  if (model == "F4") {
    const long double B = p[0], A = p[1], s = p[2], d = E - p[3];
    return {A * s * sqrt(2 / pi) * exp(-d * d / (2 * s * s)), -A * d * erfc(d / (sqrt_2 * s)),
            B * sqrt(pi / 2) * s * erfc(d / (sqrt_2 * s))};
  }
  if (model == "timepix") {
    const long double B = p[0], A = p[1], s = p[2], d = E - p[3];
    return {A * exp(-d * d / (2 * s * s)), 0.0L, B * erfc(d / (sqrt_2 * s))};
  }
  throw std::invalid_argument("no formula for " + std::string(model));
}

long double formula(std::string_view model, std::span<const long double> parameters, long double E) {
  const auto terms = formula_terms(model, parameters, E);
  return std::accumulate(terms.begin(), terms.end(), 0.0L);
}

const std::vector<TypicalParameters>& typical_parameters() {
  static const std::vector<TypicalParameters> all{
      {"F1_0", {"f", "A", "s", "E0"}, {4e-4, 10.0, 4.5, 1548.0}},
      {"F1", {"f", "A", "s", "E0"}, {4e-4, 10.0, 4.5, 1548.0}},
      {"F2s_0", {"f", "A", "s", "s2", "E0"}, {4e-3, 10.0, 10.0, 4.0, 1548.0}},
      {"FAB_0", {"B", "A", "s", "E0"}, {5.0, 2e-3, 4.5, 1548.0}},
      {"FAB", {"B", "A", "s", "E0"}, {5.0, 2e-3, 4.5, 1548.0}},
      {"F2sAB", {"B", "A", "s", "s2", "E0"}, {5.0, 2e-2, 3.0, 6.0, 1548.0}},
      {"F4", {"B", "A", "s", "E0"}, {0.07, 2e-3, 4.5, 1548.0}},
      {"timepix", {"B", "A", "s", "E0"}, {0.4, 0.1, 4.5, 1548.0}},
  };
  return all;
}

}  // namespace velocal::test
