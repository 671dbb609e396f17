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

constexpr double live_pixels = 65485.0;

/// Share of good pixels among those not masked, and the pulls of their E0 against what the scan was drawn from.
struct Quality {
  double good_percent = 0.0;
  double mean = 0.0;
  double width = 0.0;
};

Quality fit_golden(const std::filesystem::path& folder, AcquisitionRange acquisitions) {
  ::setenv("VELOCAL_DATA", folder.c_str(), 1);
  Dataset dataset = read_dataset(test::source_tree() / "tests/golden/golden.yaml");
  ScanSettings scan = dataset.scan("warm");
  scan.acquisitions = acquisitions;
  dataset.fit.statistic = "poisson";
  dataset.fit.covariance = Covariance::absolute;
  dataset.fit.start = StartValues::automatic;
  const PixelFits fits = fit_scan(accumulate_flux(dataset, scan), scan, dataset.fit, {PixelGroup::all, "fast"}).pixels;
  const auto truth = test::read_reference_matrix(folder / "truth" / "E0.csv");
  double n = 0.0, sum = 0.0, squares = 0.0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (!fits.good(pixel)) continue;
    const double pull = (fits.find("E0")->value[pixel] - truth[pixel]) / fits.find("E0")->error[pixel];
    n += 1.0;
    sum += pull;
    squares += pull * pull;
  }
  const Quality quality{100.0 * n / live_pixels, sum / n, std::sqrt(squares / n - sum * sum / (n * n))};
  fmt::print("poisson, {} acquisitions: {:.2f} % good, pulls of E0 {:.4f} +- {:.4f}; evaluations {:.1f}\n",
             acquisitions.count, quality.good_percent, quality.mean, quality.width, fits.mean_evaluations);
  CHECK(count_statuses(fits).not_found == 0);
  return quality;
}

}  // namespace

TEST_CASE("poisson keeps nearly every pixel of the golden scan, without bias and with honest errors", "[thorough]") {
  const auto folder = test::golden_folder();
  if (!folder) {
    fmt::print("SKIPPED: there is no golden scan in " VELOCAL_GOLDEN_ARCHIVES "\n");
    return;
  }
  // The goodness-of-fit test itself rejects 5 %. Pulls of 62,000 pixels tell mean and width to 0.004 and 0.003.
  const Quality all = fit_golden(*folder, {0, 8});
  CHECK(all.good_percent >= 94.0);
  CHECK(std::abs(all.mean) <= 0.03);
  CHECK(std::abs(all.width - 1.0) <= 0.02);
  // One acquisition: 1 to 30 counts a threshold, where the likelihood itself is biased.
  const Quality one = fit_golden(*folder, {2, 1});
  CHECK(one.good_percent >= 92.0);
  CHECK(std::abs(one.mean) < 0.11);
  CHECK(one.width < 1.09);
}
