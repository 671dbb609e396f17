// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>

#include "small_scan.hpp"
#include "support/simd_levels.hpp"
#include "velocal/model/model_registry.hpp"
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

/// Difference of a parameter, relative to its value or its uncertainty, if that is larger.
double largest_difference(const PixelFits& fits, const PixelFits& plain) {
  double worst = 0.0;
  for (std::size_t k = 0; k < plain.parameters.size(); ++k) {
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      if (!plain.good(pixel) || !fits.good(pixel)) continue;
      const double value = plain.parameters[k].value[pixel];
      const double scale = std::max(std::abs(value), plain.parameters[k].error[pixel]);
      worst = std::max(worst, std::abs(fits.parameters[k].value[pixel] - value) / scale);
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("parameters agree to 1e-9 between all SIMD levels of this processor, for every model", "[thorough]") {
  // 100 of these pixels are left; the slowest models take 800 evaluations on average, and plain ones take their time.
  const test::SmallScan scan(65436);
  scan.edit_descriptor("source:", "allow: {uncalibrated_pixels: 1}\nsource:");  // neyman leaves most of them out
  scan.make({"simulate", "flux"});
  for (const std::string& model : ModelRegistry::instance().names()) {
    for (const std::string statistic : {"neyman", "poisson"}) {
      const std::vector<std::string> options{"--model", model, "--statistic", statistic, "--start", "auto"};
      const PixelFits plain = fits_at(scan, SimdLevel::scalar, options);
      CAPTURE(model, statistic);
      CHECK(count_statuses(plain).good > 0);
      for (const SimdLevel level : test::available_simd_levels()) {
        if (level == SimdLevel::scalar) continue;
        const PixelFits fits = fits_at(scan, level, options);
        CAPTURE(simd_level_name(level));
        CHECK(fits.status == plain.status);
        CHECK(largest_difference(fits, plain) < 1e-9);
      }
    }
  }
}
