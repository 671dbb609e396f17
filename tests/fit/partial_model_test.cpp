// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/partial_model.hpp"

#include <catch2/catch.hpp>

#include "velocal/model/model_registry.hpp"

namespace velocal::partial_model_test {

namespace {

const std::vector<double> values{4e-3, 10.0, 10.0, 4.0, 1548.0};  // F2s_0: f, A, s, s2, E0

/// More points than one block of the implementation holds, and no multiple of it.
std::vector<double> many_thresholds() {
  std::vector<double> thresholds;
  for (double threshold = 1480.0; threshold < 1620.0; threshold += 0.9) thresholds.push_back(threshold);
  return thresholds;
}

}  // namespace

TEST_CASE("a partial model is the whole one at the held values, its gradient those columns of the free parameters") {
  const FluxModel& whole = ModelRegistry::instance().get("F2s_0");
  const std::vector<std::size_t> free =
      GENERATE(std::vector<std::size_t>{1}, std::vector<std::size_t>{0, 3, 4}, std::vector<std::size_t>{0, 1, 2, 3, 4});
  const PartialModel partial(whole, values, free);
  const std::vector<double> threshold = many_thresholds();
  const std::size_t n = threshold.size();
  REQUIRE(n > 128);
  std::vector<double> moved = values;
  std::vector<double> free_values;
  for (const std::size_t k : free) free_values.push_back(moved[k] = 1.01 * values[k]);

  using Function =
      void (FluxModel::*)(std::span<const double>, std::span<const double>, std::span<double>, std::span<double>) const;
  const Function function = GENERATE(&FluxModel::flux_and_gradient, &FluxModel::fast_flux_and_gradient);
  std::vector<double> flux(n), gradient(n * values.size());
  (whole.*function)(moved, threshold, flux, gradient);
  std::vector<double> partial_flux(n), partial_gradient(n * free.size());
  (partial.*function)(free_values, threshold, partial_flux, partial_gradient);
  for (std::size_t i = 0; i < n; ++i) {
    // Vector instructions take points in packs; where a pack ends may change the last bits.
    REQUIRE(partial_flux[i] == Approx(flux[i]).epsilon(1e-12).margin(1e-200));
    for (std::size_t k = 0; k < free.size(); ++k) {
      REQUIRE(partial_gradient[k * n + i] == Approx(gradient[free[k] * n + i]).epsilon(1e-12).margin(1e-200));
    }
  }
  std::vector<double> flux_alone(n);
  partial.flux(free_values, threshold, flux_alone);
  whole.flux(moved, threshold, flux);
  CHECK(flux_alone == flux);
  partial.fast_flux(free_values, threshold, flux_alone);
  whole.fast_flux(moved, threshold, flux);
  CHECK(flux_alone == flux);
}

TEST_CASE("a partial model has the free parameters and keeps what it knows of them") {
  const FluxModel& whole = ModelRegistry::instance().get("F2s_0");
  const PartialModel partial(whole, values, std::vector<std::size_t>{0, 4});
  CHECK(partial.name() == "F2s_0");
  REQUIRE(partial.parameters().size() == 2);
  CHECK(partial.parameters()[0].name == "f");
  CHECK(partial.parameters()[0].upper == 1.0);
  CHECK(partial.parameters()[0].may_vanish);
  CHECK(partial.parameters()[1].name == "E0");
  CHECK(partial.parameters()[1].unit == "DAC");
  CHECK(partial.index_of("E0") == 1);
  CHECK(partial.index_of("A") == 2);

  const auto all = partial.all(std::vector{0.5, 1500.0});
  CHECK(std::vector<double>(all.begin(), all.begin() + 5) == std::vector{0.5, 10.0, 10.0, 4.0, 1500.0});
  std::vector<double> start(2);
  partial.start_values({1.0, 1.0, 1.0, 1.0}, start);
  CHECK(start == std::vector{4e-3, 1548.0});
}

}  // namespace velocal::partial_model_test
