// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <stdlib.h>

#include <catch2/catch.hpp>

#include "golden_checks.hpp"
#include "support/source_tree.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/flux/accumulate_flux.hpp"
#include "velocal/velocal.hpp"

using namespace velocal;
using test::Golden;

void test::require_agreement(const std::string& what, const Agreement& agreement, double percent) {
  fmt::print("{:<58} {:8.4f} % of {:5}, to reach {} %\n", what, agreement.percent(), agreement.all(), percent);
  CAPTURE(what, agreement.percent());
  CHECK(agreement.percent() >= percent);
}

namespace {

Golden analyse(const std::filesystem::path& folder) {
  ::setenv("VELOCAL_DATA", folder.c_str(), 1);
  Golden golden;
  golden.expected = folder / "expected";
  golden.dataset = read_dataset(test::source_tree() / "tests/golden/golden.yaml");
  const ScanSettings& scan = golden.dataset.scan("warm");
  golden.cube = accumulate_flux(golden.dataset, scan);
  golden.fit = fit_scan(golden.cube, scan, golden.dataset.fit);
  golden.calibration = calibrate(golden.fit, golden.dataset.source, BaselineUncertainty::width);
  return golden;
}

void check_quality(const FluxCube& cube) {
  const auto at = [&](int threshold) { return cube.acquisitions[static_cast<std::size_t>(threshold - 1480)]; };
  CHECK(at(1480) == AcquisitionTally{8, 0, 0, 0});
  CHECK(at(1494) == AcquisitionTally{7, 0, 0, 1});
  CHECK(at(1500) == AcquisitionTally{7, 1, 0, 0});
  CHECK(at(1510) == AcquisitionTally{7, 0, 1, 0});
  CHECK(at(1527) == AcquisitionTally{7, 0, 0, 1});
  CHECK(at(1555) == AcquisitionTally{7, 1, 0, 0});
}

}  // namespace

TEST_CASE("the golden scan gives what the reference analysis made of it", "[thorough]") {
  const auto folder = test::golden_folder();
  if (!folder) {
    fmt::print("SKIPPED: there is no golden scan in " VELOCAL_GOLDEN_ARCHIVES "\n");
    return;
  }
  const Golden golden = analyse(*folder);
  check_quality(golden.cube);
  CHECK(count_statuses(golden.fit.pixels).masked == 51);
  test::check_fluxes(golden);
  test::check_pixel_fits(golden);
  test::check_asic(golden);
  test::check_means(golden);
  test::check_export(golden);
}
