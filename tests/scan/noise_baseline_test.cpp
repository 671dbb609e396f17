// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/noise_baseline.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

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

TEST_CASE("a mean or width beyond all thresholds is refused with its file, its place and a way out") {
  // with fit.baseline aligned there is a sum for each DAC between the baselines: so many would take all memory
  PixelMatrix<double> enormous(1425.5);
  enormous(3, 7) = 1e9;
  const auto [spoilt, whole] = GENERATE(table<std::string, std::string>(
      {{"Module0_VP3-1_TrimBest_Noise_Predict.csv", "Module0_VP3-1_Trim0_Noise_Width.csv"},
       {"Module0_VP3-1_Trim0_Noise_Width.csv", "Module0_VP3-1_TrimBest_Noise_Predict.csv"}}));
  const test::TemporaryFolder folder;
  test::write_text(folder.path() / whole, test::matrix_csv(PixelMatrix<double>(65535.0)));  // the largest there is
  test::write_text(folder.path() / spoilt, test::matrix_csv(enormous));
  const std::string message = (folder.path() / spoilt).string() +
                              ": a baseline or its width is 0 to 65535 DAC (it is 1000000000 at row 3, column 7). Have "
                              "the equalisation write the file anew, with 0 for a pixel without baseline";
  CHECK_THROWS_MATCHES(read_noise_baseline(folder.path(), "Module0_VP3-1"), InputError,
                       Catch::Matchers::Message(message));
}
