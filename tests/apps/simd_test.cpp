// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>

#include "small_scan.hpp"
#include "velocal/core/simd_level.hpp"
#include "velocal/store/fit_file.hpp"

using namespace velocal;

namespace {

/// Fits of the scan made with kernels of that level.
PixelFits fits_at(const test::SmallScan& scan, SimdLevel level, const std::vector<std::string>& options) {
  std::vector<std::string> arguments{"--force"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const auto outcome = scan.run("fit", arguments,
                                {.folder = {}, .environment = {{"VELOCAL_SIMD", std::string(simd_level_name(level))}}});
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  Provenance small;
  small.dataset = "small";
  small.scan = "warm";
  return read_fit(scan.results() / "fit.h5", small).value.pixels;
}

}  // namespace

TEST_CASE("parameters agree to 1e-9 between all SIMD levels of this processor") {
  const test::SmallScan scan(60000);
  scan.make({"simulate", "flux"});
  const std::vector<std::string> poisson{"--statistic", "poisson", "--start", "auto"};
  for (const auto& options : {std::vector<std::string>{}, poisson}) {
    const PixelFits plain = fits_at(scan, SimdLevel::scalar, options);
    CHECK(count_statuses(plain).good > 1000);
    for (const SimdLevel level : simd_levels) {
      if (!simd_level_available(level)) continue;
      const PixelFits fits = fits_at(scan, level, options);
      CAPTURE(simd_level_name(level), options.size());
      CHECK(fits.status == plain.status);
      double worst = 0.0;
      for (std::size_t k = 0; k < plain.parameters.size(); ++k) {
        for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
          if (!plain.good(pixel) || !fits.good(pixel)) continue;
          const double value = plain.parameters[k].value[pixel];
          const double scale = std::max(std::abs(value), plain.parameters[k].error[pixel]);
          worst = std::max(worst, std::abs(fits.parameters[k].value[pixel] - value) / scale);
        }
      }
      CHECK(worst < 1e-9);
    }
  }
}
