// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/scan_difference.hpp"

#include <catch2/catch.hpp>

#include "eventful_scan.hpp"
#include "velocal/core/error.hpp"
#include "velocal/flux/accumulate_flux.hpp"

using namespace velocal;

namespace {

constexpr auto columns = SeparationPattern::columns;

/// "setting: in the cube, in the scan".
std::string difference(const FluxCube& cube, const ScanSettings& scan, SeparationPattern separation = columns) {
  const auto found = scan_difference(cube, scan, separation);
  return found ? found->setting + ": " + found->in_cube + ", " + found->in_scan : "none";
}

}  // namespace

TEST_CASE("each setting that a cube was made with otherwise is found") {
  const test::EventfulScan files;
  const FluxCube cube = accumulate_flux(files.dataset, files.scan);
  CHECK(difference(cube, files.scan) == "none");
  CHECK(difference(cube, files.scan, SeparationPattern::column_pairs) == "separation: columns, column-pairs");

  ScanSettings scan = files.scan;
  scan.thresholds = {1500, 1530, 10};
  CHECK(difference(cube, scan) == "thresholds: 3 from 1500 to 1520, 4 from 1500 to 1530");
  scan = files.scan;
  scan.baseline_folder.reset();
  CHECK(difference(cube, scan) == "baseline: one, none");
  scan = files.scan;
  scan.acquisitions.count = 13;
  CHECK(difference(cube, scan) == "acquisitions a threshold: 12, 13");
  scan = files.scan;
  scan.reject.acquisitions.push_back({{1500, 1500}, {1, 2}});
  CHECK(difference(cube, scan) == "rejected acquisitions at threshold 1500: 0, 2");
  scan = files.scan;
  scan.reject.last_column_mean.reset();
  CHECK(difference(cube, scan) == "last_column_mean: one, none");
  scan = files.scan;
  scan.shutter = {"2s600ms", 2.6};
  CHECK(difference(cube, scan) == "shutter: 2.5 s, 2s600ms");
}

TEST_CASE("half a cube is no cube to compare") {
  const test::EventfulScan files;
  FluxCube cube = accumulate_flux(files.dataset, files.scan);
  cube.acquisitions.pop_back();
  CHECK_THROWS_AS(scan_difference(cube, files.scan, columns), UsageError);
}
