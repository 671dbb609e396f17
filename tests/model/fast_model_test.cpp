// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "sample_points.hpp"
#include "velocal/model/all_formulas.hpp"
#include "velocal/model/formula_kernels.hpp"
#include "velocal/model/model_registry.hpp"

using namespace velocal;

namespace {

constexpr double guard = -12345.0;
constexpr std::size_t guards = 16;  ///< beyond the last value that may be written; the widest vector has 8

/// Names of the models in the order in which kernels count them.
template <std::size_t... I>
std::vector<std::string> kernel_names(std::index_sequence<I...>) {
  return {std::string(std::tuple_element_t<I, AllFormulas>::name)...};
}

/// Flux and gradient at all thresholds, from a kernel or a model, with guards behind.
struct Evaluation {
  std::vector<double> flux;
  std::vector<double> gradient;
  std::vector<double> flux_alone;

  Evaluation(std::size_t n, std::size_t parameters)
      : flux(n + guards, guard), gradient(parameters * n + guards, guard), flux_alone(n + guards, guard) {}
  bool guards_untouched(std::size_t n, std::size_t parameters) const {
    const auto untouched = [](const std::vector<double>& values, std::size_t size) {
      return std::all_of(values.begin() + static_cast<std::ptrdiff_t>(size), values.end(),
                         [](double value) { return value == guard; });
    };
    return untouched(flux, n) && untouched(flux_alone, n) && untouched(gradient, parameters * n);
  }
};

/// The length over which F changes noticeably when parameter k does, far from the line as near it.
double scale_of(const std::string& name, double value, double width) {
  return name == "E0" || test::is_width(name) ? width : value;
}

void compare(const test::TypicalParameters& typical, const std::vector<double>& parameters,
             const std::vector<double>& threshold, const Evaluation& fast) {
  const std::size_t n = threshold.size();
  const std::size_t count = parameters.size();
  std::vector<double> flux(n), gradient(count * n);
  ModelRegistry::instance().get(typical.model).flux_and_gradient(parameters, threshold, flux, gradient);
  const double width = test::smallest_width(typical.model, parameters);
  for (std::size_t i = 0; i < n; ++i) {
    // Promised are 1e-12, of the sum of the terms' sizes: of what cancels, no more can be asked. Far above the line the
    // values fall below 1e-290, where kernels may give 0.
    const double u = std::max(0.0, threshold[i] - parameters.back()) / width;
    const double tolerance =
        1e-12 * (test::term_size(typical.model, {parameters, threshold[i]}) + std::abs(flux[i])) + 1e-290;
    const auto close = [](double a, double b, double margin) { return std::abs(a - b) <= margin; };
    if (!close(fast.flux[i], flux[i], tolerance) || !close(fast.flux_alone[i], flux[i], tolerance)) {
      FAIL(fmt::format("flux at {}, parameters {}: {} and {} are not {} +- {}", threshold[i],
                       fmt::join(parameters, ", "), fast.flux[i], fast.flux_alone[i], flux[i], tolerance));
    }
    for (std::size_t k = 0; k < count; ++k) {
      const double margin = 4.0 * (1.0 + u * u) * tolerance / scale_of(typical.names[k], parameters[k], width) +
                            1e-12 * std::abs(gradient[k * n + i]);
      if (!close(fast.gradient[k * n + i], gradient[k * n + i], margin)) {
        FAIL(fmt::format("by {} at {}, parameters {}: {} is not {} +- {}", typical.names[k], threshold[i],
                         fmt::join(parameters, ", "), fast.gradient[k * n + i], gradient[k * n + i], margin));
      }
    }
  }
}

}  // namespace

TEST_CASE("the kernels of each SIMD level agree with the plain model, for arrays of any length") {
  const SimdLevel level = GENERATE(SimdLevel::sse2, SimdLevel::avx2, SimdLevel::avx512);
  if (!simd_level_available(level)) {
    WARN("not on this processor: " << simd_level_name(level));
    return;
  }
  const auto names = kernel_names(std::make_index_sequence<formula_count>());
  for (const auto& typical : test::typical_parameters()) {
    CAPTURE(simd_level_name(level), typical.model);
    const auto place = static_cast<std::size_t>(std::ranges::find(names, typical.model) - names.begin());
    REQUIRE(place < formula_count);
    const FormulaKernel kernel = formula_kernel(place, level);
    REQUIRE(kernel.flux != nullptr);
    REQUIRE(kernel.flux_and_gradient != nullptr);
    std::size_t n = 0;
    for (const auto& parameters : test::drawn_parameters(typical)) {
      n = n < 20 ? n + 1 : 121;
      std::vector<double> threshold;
      const double width = test::smallest_width(typical.model, parameters);
      for (std::size_t i = 0; i < n; ++i) {
        threshold.push_back(parameters.back() +
                            width * (50.0 * static_cast<double>(i) / static_cast<double>(n) - 25.0));
      }
      Evaluation fast(n, parameters.size());
      kernel.flux_and_gradient(parameters.data(), threshold.data(), n, fast.flux.data(), fast.gradient.data());
      kernel.flux(parameters.data(), threshold.data(), n, fast.flux_alone.data());
      REQUIRE(fast.guards_untouched(n, parameters.size()));
      compare(typical, parameters, threshold, fast);
    }
  }
}

TEST_CASE("scalar needs no kernel") {
  CHECK(simd_level_available(SimdLevel::scalar));
  CHECK(formula_kernel(0, SimdLevel::scalar).flux == nullptr);
}

TEST_CASE("a model's fast functions are those of this processor's level") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  CAPTURE(typical.model, simd_level_name(simd_level()));
  const FluxModel& model = ModelRegistry::instance().get(typical.model);
  std::vector<double> threshold;
  for (int i = 0; i < 121; ++i) threshold.push_back(1480.0 + i);
  Evaluation fast(121, typical.values.size());
  model.fast_flux(typical.values, threshold, std::span(fast.flux_alone).first(121));
  model.fast_flux_and_gradient(typical.values, threshold, std::span(fast.flux).first(121),
                               std::span(fast.gradient).first(121 * typical.values.size()));
  CHECK(fast.guards_untouched(121, typical.values.size()));
  compare(typical, typical.values, threshold, fast);
}
