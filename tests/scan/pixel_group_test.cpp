// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/pixel_group.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "velocal/core/error.hpp"

using namespace velocal;

namespace {

constexpr auto columns = SeparationPattern::columns;
constexpr auto pairs = SeparationPattern::column_pairs;

std::set<int> members(PixelGroup group, SeparationPattern pattern, int up_to, bool of_rows) {
  std::set<int> found;
  for (int i = 0; i < up_to; ++i) {
    if (in_group(group, of_rows ? Pixel{i, 100} : Pixel{100, i}, pattern)) found.insert(i);
  }
  return found;
}

}  // namespace

TEST_CASE("even and odd columns, one by one or in pairs") {
  CHECK(members(PixelGroup::even, columns, 8, false) == std::set{0, 2, 4, 6});
  CHECK(members(PixelGroup::odd, columns, 8, false) == std::set{1, 3, 5, 7});
  CHECK(members(PixelGroup::even, pairs, 10, false) == std::set{0, 1, 4, 5, 8, 9});
  CHECK(members(PixelGroup::odd, pairs, 10, false) == std::set{2, 3, 6, 7});
}

TEST_CASE("rows are every 16th: 15, 31, ..., 255, whatever the pattern") {
  const std::set rows{15, 31, 47, 63, 79, 95, 111, 127, 143, 159, 175, 191, 207, 223, 239, 255};
  CHECK(members(PixelGroup::rows, columns, 256, true) == rows);
  CHECK(members(PixelGroup::rows, pairs, 256, true) == rows);
}

TEST_CASE("even and odd share out the pixels - all has them all") {
  const auto pattern = GENERATE(columns, pairs);
  std::size_t even = 0, odd = 0, rows = 0, shared_out = 0, all = 0;
  for (std::size_t index = 0; index < pixel_count; ++index) {
    const Pixel pixel = Pixel::at(index);
    const bool is_even = in_group(PixelGroup::even, pixel, pattern);
    const bool is_odd = in_group(PixelGroup::odd, pixel, pattern);
    if (is_even) ++even;
    if (is_odd) ++odd;
    if (is_even != is_odd) ++shared_out;
    if (in_group(PixelGroup::rows, pixel, pattern)) ++rows;
    if (in_group(PixelGroup::all, pixel, pattern)) ++all;
  }
  CHECK(even == 32768);
  CHECK(odd == 32768);
  CHECK(shared_out == 65536);
  CHECK(rows == 4096);
  CHECK(all == 65536);
}

TEST_CASE("a group that there is not is refused") {
  const auto group = static_cast<PixelGroup>(9);
  CHECK_THROWS_AS(require_known(group), UsageError);
  CHECK_THROWS_WITH(group_name(group),
                    "PixelGroup 9 is no group of pixels (there are all, even, odd, rows). Give one of PixelGroup");
  CHECK_THROWS_AS(contributes(0, PixelMask(), group, SeparationPattern::columns), UsageError);
}

TEST_CASE("a pixel contributes to a group that it is in, unless it is masked") {
  PixelMask mask;
  mask(15, 2) = 1;
  for (const PixelGroup group : {PixelGroup::all, PixelGroup::even, PixelGroup::rows}) {
    CHECK_FALSE(contributes(Pixel{15, 2}.index(), mask, group, columns));
    CHECK(contributes(Pixel{15, 4}.index(), mask, group, columns));
  }
  CHECK_FALSE(contributes(Pixel{15, 4}.index(), mask, PixelGroup::odd, columns));
  CHECK(contributes(Pixel{15, 1}.index(), mask, PixelGroup::odd, columns));
  CHECK(contributes(Pixel{15, 1}.index(), mask, PixelGroup::even, pairs));
}

TEST_CASE("a group's name is its folder") {
  CHECK(group_name(PixelGroup::all) == "all");
  CHECK(group_name(PixelGroup::even) == "even");
  CHECK(group_name(PixelGroup::odd) == "odd");
  CHECK(group_name(PixelGroup::rows) == "rows");
}
