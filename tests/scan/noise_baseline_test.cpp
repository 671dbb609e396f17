// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/noise_baseline.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/files.hpp"
#include "support/scan_files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;

TEST_CASE("baseline and width come from the two files of the equalisation") {
  const test::TemporaryFolder folder;
  PixelMatrix<double> mean(1425.5);
  PixelMatrix<double> width(5.25);
  mean(1, 2) = 1430.125;
  width(2, 1) = 6.5;
  test::write_text(folder.path() / "Module0_VP3-1_TrimBest_Noise_Predict.csv", test::matrix_csv(mean, "%.18e"));
  CHECK_THROWS_WITH(read_noise_baseline(folder.path(), "Module0_VP3-1"), Catch::Contains("Trim0_Noise_Width.csv"));
  test::write_text(folder.path() / "Module0_VP3-1_Trim0_Noise_Width.csv", test::matrix_csv(width, "%.18e"));
  const NoiseBaseline baseline = read_noise_baseline(folder.path(), "Module0_VP3-1");
  CHECK(baseline.mean == mean);
  CHECK(baseline.width == width);
  CHECK_THROWS_AS(read_noise_baseline(folder.path(), "Module0_VP3-2"), InputError);
}

TEST_CASE("a baseline of 0 is none") {
  NoiseBaseline baseline;
  baseline.mean[7] = 1425.0;
  CHECK(baseline.found(7));
  CHECK_FALSE(baseline.found(8));
}
