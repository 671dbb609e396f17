// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/mask.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "support/files.hpp"
#include "support/scan_files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;

TEST_CASE("a pixel is masked where the file holds a number > 0") {
  const test::TemporaryFolder folder;
  PixelMatrix<double> values;
  values(0, 255) = 1.0;
  values(255, 0) = 0.001;
  values(3, 7) = 2.0;
  const auto file = folder.path() / "mask.csv";
  test::write_text(file, test::matrix_csv(values));
  const auto mask = read_mask(file);
  REQUIRE(mask);
  CHECK(std::ranges::count(*mask, 1) == 3);
  CHECK(std::ranges::count(*mask, 0) == 65533);
  CHECK((*mask)(0, 255) == 1);
  CHECK((*mask)(255, 0) == 1);
  CHECK((*mask)(3, 7) == 1);
}

TEST_CASE("a mask may be absent, but not damaged") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "mask.csv";
  CHECK_FALSE(read_mask(file));
  test::write_text(file, "");
  CHECK_THROWS_AS(read_mask(file), InputError);
  test::write_text(file, "0,1\n");
  CHECK_THROWS_WITH(read_mask(file), Catch::Contains("mask.csv:1:4: only 2 of 256 fields in the line"));
}

TEST_CASE("a mask that cannot be looked for is not taken as absent") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "file";
  std::filesystem::create_symlink(file, file);
  CHECK_THROWS_AS(read_mask(file), InputError);
  const auto nowhere = folder.path() / "mask.csv";
  std::filesystem::create_symlink(folder.path() / "moved.csv", nowhere);
  CHECK_THROWS_WITH(read_mask(nowhere), Catch::Contains("mask.csv (No such file or directory)"));
}
