// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "golden_data.hpp"
#include "support/source_tree.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/flux/accumulate_flux.hpp"
#include "velocal/velocal.hpp"

using namespace velocal;

namespace {

/// The two engines share neither minimiser nor vector mathematics.
void expect_same_minima(const FluxCube& cube, const ScanSettings& scan, const FitSettings& settings) {
  const PixelFits fast = fit_scan(cube, scan, settings, {PixelGroup::all, "fast"}).pixels;
  const PixelFits gsl = fit_scan(cube, scan, settings, {PixelGroup::all, "gsl"}).pixels;
  double fitted = 0.0, same_status = 0.0, good = 0.0, same_line = 0.0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (fast.status[pixel] == static_cast<std::int8_t>(PixelStatus::cut)) continue;
    ++fitted;
    if (fast.status[pixel] == gsl.status[pixel]) ++same_status;
    if (!fast.good(pixel) || !gsl.good(pixel)) continue;
    ++good;
    const double moved = fast.find("E0")->value[pixel] - gsl.find("E0")->value[pixel];
    if (std::abs(moved) < 1e-4 * gsl.find("E0")->error[pixel]) ++same_line;
  }
  fmt::print("engines, {}: same status {:.3f} % of {}, same E0 {:.3f} % of {}; evaluations {:.1f} and {:.1f}\n",
             settings.statistic, 100.0 * same_status / fitted, fitted, 100.0 * same_line / good, good,
             fast.mean_evaluations, gsl.mean_evaluations);
  CHECK(same_status >= 0.999 * fitted);
  CHECK(same_line >= 0.999 * good);
}

}  // namespace

TEST_CASE("both engines reach the same minimum in the pixels of the golden scan", "[thorough]") {
  const auto folder = test::golden_folder();
  if (!folder) {
    fmt::print("SKIPPED: there is no golden scan in " VELOCAL_GOLDEN_ARCHIVES "\n");
    return;
  }
  ::setenv("VELOCAL_DATA", folder->c_str(), 1);
  Dataset dataset = read_dataset(test::source_tree() / "tests/golden/golden.yaml");
  const ScanSettings& scan = dataset.scan("warm");
  FluxCube cube = accumulate_flux(dataset, scan);
  // GSL takes its time: every fourth row has to do.
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (Pixel::at(pixel).row % 4 != 0) cube.mask[pixel] = 1;
  }
  expect_same_minima(cube, scan, dataset.fit);
  dataset.fit.statistic = "poisson";
  dataset.fit.covariance = Covariance::absolute;
  dataset.fit.start = StartValues::automatic;
  expect_same_minima(cube, scan, dataset.fit);
}
