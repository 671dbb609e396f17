// SPDX-License-Identifier: GPL-3.0-or-later
// How chips of one descriptor differ when they are drawn.
#include "velocal/simulate/chip_variation.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace velocal;

namespace {

Dataset chip(const std::string& asic) {
  Dataset dataset;
  dataset.asic = asic;
  dataset.one_of_many = true;
  return dataset;
}

ScanSettings scan(ChipFault fault = ChipFault::none) {
  ScanSettings settings;
  settings.simulation.emplace();
  settings.simulation->chips = {0.05, 0.05, 0.05};
  settings.simulation->fault = fault;
  return settings;
}

SimulationSettings drawn(const std::string& asic, ChipFault fault = ChipFault::none) {
  return *scan_of_chip(chip(asic), scan(fault), 1).simulation;
}

}  // namespace

TEST_CASE("chips differ in gain, noise and illumination, by their names alone") {
  const SimulationSettings usual, a = drawn("Module0_VP0-0"), again = drawn("Module0_VP0-0"),
                                  b = drawn("Module0_VP0-1");
  CHECK(a.target.mean == again.target.mean);
  CHECK(std::set<double>{usual.target.mean, a.target.mean, b.target.mean}.size() == 3);
  CHECK(std::set<double>{usual.width.mean, a.width.mean, b.width.mean}.size() == 3);
  CHECK(std::set<double>{usual.amplitude, a.amplitude, b.amplitude}.size() == 3);
  CHECK(a.width.mean / usual.width.mean == Approx(a.baseline_width.mean / usual.baseline_width.mean));
  CHECK(a.target.mean == Approx(usual.target.mean).epsilon(0.3));
}

TEST_CASE("the chip of a descriptor with one is drawn as it was") {
  Dataset alone = chip("Module0_VP0-0");
  alone.one_of_many = false;
  CHECK(chip_seed(alone, 7) == 7);
  CHECK(chip_seed(chip("Module0_VP0-0"), 7) != 7);
  CHECK(scan_of_chip(alone, scan(), 1).simulation->target.mean == SimulationSettings{}.target.mean);
}

TEST_CASE("faults change what they are called after") {
  const SimulationSettings good = drawn("Module0_VP0-0");
  CHECK(drawn("Module0_VP0-0", ChipFault::dead).amplitude == 0.0);
  CHECK(drawn("Module0_VP0-0", ChipFault::noisy).width.mean == Approx(2.0 * good.width.mean));
  CHECK(drawn("Module0_VP0-0", ChipFault::noisy).background > 100.0 * good.background);
  CHECK(drawn("Module0_VP0-0", ChipFault::shifted_gain).target.mean == Approx(good.target.mean / 0.9));
  CHECK(drawn("Module0_VP0-0", ChipFault::missing_files).target.mean == good.target.mean);
}
