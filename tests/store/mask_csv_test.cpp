// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/tables/mask_csv.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"
#include "velocal/scan/mask.hpp"

using namespace velocal;

TEST_CASE("a mask that is written is read as the scan's") {
  const test::TemporaryFolder folder;
  PixelMask mask;
  mask[0] = mask[3] = mask[256 * 7 + 11] = mask[pixel_count - 1] = 1;
  write_mask(folder.path() / "mask.csv", mask);
  const auto read = read_mask(folder.path() / "mask.csv");
  REQUIRE(read);
  CHECK(*read == mask);
}
