// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "drawn_scan.hpp"
#include "support/model_formulas.hpp"
#include "support/statistics.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/curves/status_fitter.hpp"
#include "velocal/fit/problem/start_values.hpp"
#include "velocal/model/model_registry.hpp"

namespace {

std::atomic<int> allocations{0};

#if defined(__SANITIZE_ADDRESS__)
constexpr bool counting = false;
#else
constexpr bool counting = true;
#endif

}  // namespace

// All of this program's allocations are counted, except by the sanitizers' own operators.
#if !defined(__SANITIZE_ADDRESS__)
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
#endif

namespace velocal::allocation_test {

TEST_CASE("fitting a pixel allocates no memory: every model, statistic and start, at its bound and when it fails") {
  if (!counting) {
    fmt::print("SKIPPED: the sanitizers bring their own operator new\n");
    return;
  }
  test::DrawnScan scan = test::draw_scan(60, 130.0, 29);
  // Without a shelf half of the fits end at its bound; few counts make some fail.
  const FluxCube no_shelf = test::draw_equal_pixels(20, 130.0, {0.0, 10.0, 4.5, 1548.0});
  const FluxCube few = test::draw_equal_pixels(20, 3.0, {4e-4, 10.0, 4.5, 1548.0});
  for (std::size_t t = 0; t < scan.cube.threshold_count(); ++t) {
    for (std::size_t pixel = 0; pixel < 20; ++pixel) {
      scan.cube.counts[t * pixel_count + 20 + pixel] = no_shelf.counts_at(t)[pixel];
      scan.cube.counts[t * pixel_count + 40 + pixel] = few.counts_at(t)[pixel];
    }
  }
  const ChipCurves pixels(scan.cube, PixelGroup::all, BaselineMode::after);
  for (const auto& typical : test::typical_parameters()) {
    for (const std::string& statistic : test::statistic_names) {
      for (const bool automatic : {true, false}) {
        CurveSettings settings{.statistic = statistic};
        if (!automatic) settings.start = typical.values;
        const FluxModel& model = ModelRegistry::instance().get(typical.model);
        const CurveFitPlan plan{pixels.curves(), model, test::statistic(statistic), settings, 2e-6};
        StatusFitter fitter(plan);
        fitter(0);  // tables that are made once
        const int before = allocations;
        for (std::size_t pixel = 0; pixel < 60; ++pixel) fitter(pixel);
        const int during = allocations - before;
        CAPTURE(typical.model, statistic, automatic);
        CHECK(during == 0);
      }
    }
  }
  const int before = allocations;
  const std::vector<int> counted(3);
  CHECK(allocations - before >= 1);  // the count counts
}

}  // namespace velocal::allocation_test
