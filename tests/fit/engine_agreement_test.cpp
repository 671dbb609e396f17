// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "drawn_scan.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::engine_agreement_test {

// Over a whole ASIC the status is the same in 99.9 % of the pixels and E0 within 1e-4 of its uncertainty (decisions 5
// and 6). Of so few pixels that is all of them.
TEST_CASE("both engines end in the same minimum, with every model and statistic", "[thorough]") {
  constexpr std::size_t pixels = 300;
  test::DrawnScan scan = test::draw_scan(pixels, 262.0, 4);
  scan.cube.baseline =
      NoiseBaseline{PixelMatrix<double>(1425.0), PixelMatrix<double>(5.5)};  // diffusion counts from it
  const std::string model = GENERATE(from_range(ModelRegistry::instance().names()));
  FitSettings settings = test::poisson_settings();
  settings.statistic = GENERATE(as<std::string>{}, "neyman", "poisson");
  settings.model = model;
  settings.background = test::drawn_background;
  const PixelFits fast = fit_scan(scan.cube, test::one_line_scan(), settings, {PixelGroup::all, "fast"}).pixels;
  const PixelFits gsl = fit_scan(scan.cube, test::one_line_scan(), settings, {PixelGroup::all, "gsl"}).pixels;
  CAPTURE(model, settings.statistic);
  CHECK(count_statuses(fast).good > 0);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    CAPTURE(pixel);
    CHECK(static_cast<int>(fast.status[pixel]) == static_cast<int>(gsl.status[pixel]));
    if (!fast.good(pixel) || !gsl.good(pixel)) continue;
    const ParameterMap& line = *fast.find("E0");
    CHECK(std::abs(line.value[pixel] - gsl.find("E0")->value[pixel]) < 1e-4 * line.error[pixel]);
  }
}

}  // namespace velocal::engine_agreement_test
