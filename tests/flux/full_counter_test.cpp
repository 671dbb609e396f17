// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/full_counter.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "support/scan_files.hpp"
#include "velocal/flux/acquisition_adder.hpp"
#include "velocal/flux/flux_accumulator.hpp"

using namespace velocal;

namespace {

/// Poisson counts of that mean in the first 20,000 pixels, as a counter up to `end` shows them.
PixelCounts drawn(double mean, std::uint32_t end) {
  std::mt19937_64 random(11);
  std::poisson_distribution<std::uint32_t> poisson(mean);
  PixelCounts counts;
  for (std::size_t pixel = 0; pixel < 20'000; ++pixel) counts[pixel] = std::min(poisson(random), end);
  return counts;
}

FluxSettings one_threshold(int counter = counter_automatic) {
  FluxSettings settings;
  settings.threshold = {10};
  settings.shutter_s = 1.0;
  settings.counter = counter;
  return settings;
}

/// The counter of a scan of one acquisition; read as text, and from memory.
std::uint32_t counter_of(const PixelCounts& counts, int counter = counter_automatic) {
  FluxAccumulator accumulator(one_threshold(counter));
  accumulator.add(10, 0, counts);
  const std::uint32_t of_memory = accumulator.finish().counter;
  FluxSums sums(one_threshold(counter));
  AcquisitionAdder adder(sums);
  const std::string text = test::counts_csv(counts);
  adder.add(0, 0, {"name", "name", std::span<const char>(text)});
  adder.finish_threshold(0);
  CHECK(std::move(sums).cube().counter == of_memory);
  return of_memory;
}

}  // namespace

TEST_CASE("a counter of six bits betrays itself by counts that pile up at 63") {
  CHECK(counter_of(drawn(80.0, 63)) == 63);
  CHECK(counter_of(drawn(45.0, 63)) == 63);
  CHECK(counter_of(drawn(80.0, 1000)) == 0);
  CHECK(counter_of(drawn(45.0, 1000)) == 0);
  CHECK(counter_of(drawn(30.0, 63)) == 0);  // hardly any count as large
  CHECK(counter_of(drawn(3.0, 63)) == 0);
}

TEST_CASE("a single larger count does not hide the counter's end") {
  PixelCounts counts = drawn(60.0, 63);
  counts(200, 17) = 64;
  CHECK(counter_of(counts) == 63);
  counts(200, 18) = 12'345;
  CHECK(counter_of(counts) == 63);
}

TEST_CASE("the descriptor's word counts, whatever the counts are") {
  CHECK(counter_of(drawn(60.0, 63), counter_unlimited) == 0);
  CHECK(counter_of(drawn(3.0, 63), 15) == 15);
  CHECK_THROWS_WITH(FluxAccumulator(one_threshold(-2)), Catch::StartsWith("-2 is no largest count of a counter"));
}
