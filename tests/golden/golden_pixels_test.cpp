// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

#include "golden_data.hpp"
#include "support/pixel_cube.hpp"
#include "support/reference_analysis.hpp"
#include "support/source_tree.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/fit/minimise/minimiser.hpp"

using namespace velocal;

namespace {

/// What make_pixels.py says of a pixel.
struct GoldenPixel {
  std::size_t index;
  std::string kind;
  int status;
  std::vector<double> values;  ///< f, A, s, E0; NaN where no fit converged
  std::vector<double> errors;
  double chi2;
  int ndf;
};

struct GoldenPixels {
  FluxCube cube;
  std::vector<GoldenPixel> pixels;
};

std::vector<double> numbers(const std::vector<std::string>& fields, std::size_t begin, std::size_t count) {
  std::vector<double> values;
  for (std::size_t i = begin; i < begin + count; ++i) values.push_back(std::stod(fields.at(i)));
  return values;
}

GoldenPixels read_pixels() {
  GoldenPixels golden;
  std::ifstream stream(test::source_tree() / "tests/golden/pixels.csv");
  for (std::string line; std::getline(stream, line);) {
    const auto fields = test::split(line, ',');
    if (fields[0] == "threshold") {
      std::vector<int> thresholds;
      for (std::size_t i = 1; i < fields.size(); ++i) thresholds.push_back(std::stoi(fields[i]));
      golden.cube = test::masked_cube(thresholds, 0.0);
    } else if (fields[0] == "live_time_s") {
      golden.cube.live_time_s = numbers(fields, 1, golden.cube.threshold_count());
    } else if (fields[0] == "pixel") {
      const std::size_t index = Pixel{std::stoi(fields[1]), std::stoi(fields[2])}.index();
      golden.pixels.push_back({index, fields[3], std::stoi(fields[4]), numbers(fields, 5, 4), numbers(fields, 9, 4),
                               std::stod(fields[13]), std::stoi(fields[14])});
      if (fields[3] == "masked") continue;
      std::vector<std::uint32_t> counts;
      for (const double count : numbers(fields, 15, golden.cube.threshold_count())) {
        counts.push_back(static_cast<std::uint32_t>(count));
      }
      test::set_pixel(golden.cube, index, counts);
    }
  }
  return golden;
}

void check_pixel(const PixelFits& fits, const GoldenPixel& expected) {
  const std::size_t pixel = expected.index;
  CAPTURE(Pixel::at(pixel).row, Pixel::at(pixel).column, expected.kind);
  CHECK(static_cast<int>(fits.status[pixel]) == expected.status);
  const auto reason = static_cast<StatusReason>(fits.reason[pixel]);
  if (expected.kind == "zero inside") CHECK(reason == StatusReason::zero_inside);
  if (expected.kind == "masked") CHECK(reason == StatusReason::masked);
  CHECK(fits.ndf[pixel] == expected.ndf);
  if (expected.ndf > 0) CHECK(fits.chi2[pixel] == Approx(expected.chi2).epsilon(1e-7));
  if (expected.status != 1) return;
  for (std::size_t k = 0; k < 4; ++k) {
    const ParameterMap& map = fits.parameters[k];
    CAPTURE(map.name, map.value[pixel], expected.values[k], map.error[pixel], expected.errors[k]);
    CHECK(std::abs(map.value[pixel] - expected.values[k]) < 1e-4 * expected.errors[k]);
    CHECK(map.error[pixel] == Approx(expected.errors[k]).epsilon(1e-4));
  }
}

}  // namespace

TEST_CASE("pixels of the golden scan are fitted as an independent program fits them") {
  // scipy's minimum and errors, from numeric derivatives, are good to some 1e-5 of the errors.
  const GoldenPixels golden = read_pixels();
  REQUIRE(golden.pixels.size() == 60);
  ScanSettings scan = test::one_line_scan();
  scan.initial = {{"f", 0.0009}, {"A", 8.0}, {"s", 12.0}, {"E0", 1551.0}};
  const std::string engine(GENERATE(from_range(minimiser_names())));
  CAPTURE(engine);
  const PixelFits fits = fit_scan(golden.cube, scan, test::reference_settings(), {PixelGroup::all, engine}).pixels;
  for (const GoldenPixel& expected : golden.pixels) check_pixel(fits, expected);
}
