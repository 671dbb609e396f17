// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/small_counts.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "support/scan_files.hpp"
#include "support/simd_levels.hpp"
#include "velocal/scan/acquisition_hits.hpp"

using namespace velocal;
using test::counts_csv;

namespace {

/// Counts of an acquisition, and sums of nothing else.
struct Added {
  bool plain = false;
  SmallCounts small;
  std::vector<std::uint8_t> sum = std::vector<std::uint8_t>(pixel_count);
};

Added add(const std::string& text, SimdLevel level) {
  // A buffer of its own: a read beyond the text is one beyond the allocation.
  const std::vector<char> exact(text.begin(), text.end());
  Added added;
  added.small.column.fill(7);  // what was there before must not show through
  added.small.column_of_rows.fill(7);
  added.plain = add_small_counts(exact, added.sum, added.small, level);
  return added;
}

bool is_plain(const std::string& text, SimdLevel level) {
  const Added added = add(text, level);
  // What has been added until the fault was seen is taken off again.
  if (!added.plain) CHECK(std::ranges::count(added.sum, 0) == pixel_count);
  return added.plain;
}

/// Counts below 100, a share of which has two digits.
PixelCounts draw(double two_digits, unsigned seed) {
  std::mt19937_64 random(seed);
  std::bernoulli_distribution long_one(two_digits);
  PixelCounts counts;
  for (std::uint32_t& count : counts)
    count = static_cast<std::uint32_t>(long_one(random) ? 10 + random() % 90 : random() % 10);
  return counts;
}

void expect_same(const Added& added, const PixelCounts& counts) {
  std::array<std::uint32_t, pixel_columns> column{}, column_of_rows{};
  for (int row = 0; row < pixel_rows; ++row) {
    for (int c = 0; c < pixel_columns; ++c) {
      column[static_cast<std::size_t>(c)] += counts(row, c);
      if (row % 16 == 15) column_of_rows[static_cast<std::size_t>(c)] += counts(row, c);
    }
  }
  CHECK(std::ranges::equal(added.sum, counts));
  CHECK(std::ranges::equal(added.small.column, column));
  CHECK(std::ranges::equal(added.small.column_of_rows, column_of_rows));
  for (std::size_t i = 0; i < added.small.row_squares.size(); ++i) {
    std::uint32_t squares = 0;
    for (int c = 0; c < pixel_columns; ++c) {
      const std::uint32_t count = counts(static_cast<int>(16 * i + 15), c);
      squares += count * count;
    }
    CHECK(added.small.row_squares[i] == squares);
  }
}

}  // namespace

TEST_CASE("counts of one and two digits are read, whatever their mixture, with their sums by column") {
  const double two_digits = GENERATE(0.0, 0.0003, 0.001, 0.1, 0.5, 1.0);
  CAPTURE(two_digits);
  const PixelCounts counts = draw(two_digits, 3);
  for (const SimdLevel level : test::available_simd_levels()) {
    const Added added = add(counts_csv(counts), level);
    REQUIRE(added.plain);
    expect_same(added, counts);
  }
}

TEST_CASE("the largest counts fit, and no count is larger than it is said: 9 at most where all have one digit") {
  for (const SimdLevel level : test::available_simd_levels()) {
    const Added largest = add(counts_csv(PixelCounts(99)), level);
    expect_same(largest, PixelCounts(99));
    CHECK(largest.small.largest == 99);
    CHECK(add(counts_csv(PixelCounts(0)), level).small.largest == 0);
    CHECK(add(counts_csv(PixelCounts(3)), level).small.largest == 3);
    PixelCounts one(3);
    one(200, 17) = 42;
    CHECK(add(counts_csv(one), level).small.largest == 42);
    one(200, 17) = 8;
    CHECK(add(counts_csv(one), level).small.largest == 8);
  }
}

TEST_CASE("counts are added to what is there, modulo 256, and taken off again") {
  const PixelCounts first = draw(0.1, 9), second = draw(0.001, 10);
  for (const SimdLevel level : test::available_simd_levels()) {
    Added added = add(counts_csv(first), level);
    const auto before = added.sum;
    const std::string text = counts_csv(second);
    for (int i = 0; i < 4; ++i) REQUIRE(add_small_counts(text, added.sum, added.small, level));
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      if (added.sum[pixel] != (first[pixel] + 4 * second[pixel]) % 256) FAIL("pixel " << pixel);
    }
    for (int i = 0; i < 4; ++i) subtract_small_counts(text, added.sum, level);
    CHECK(added.sum == before);
  }
}

TEST_CASE("a text that is none leaves the sums as they were, wherever the fault is") {
  const PixelCounts counts = draw(0.01, 12);
  const std::string good = counts_csv(counts);
  for (const SimdLevel level : test::available_simd_levels()) {
    Added added = add(good, level);
    const auto before = added.sum;
    for (std::size_t place = 5; place < good.size(); place += 4999) {
      std::string text = good;
      text[place] = 'x';
      REQUIRE_FALSE(add_small_counts(text, added.sum, added.small, level));
      REQUIRE(added.sum == before);
    }
  }
}

TEST_CASE("sums move to the totals, which say when they do not hold them") {
  std::vector<std::uint8_t> sum(pixel_count);
  std::vector<std::uint32_t> total(pixel_count);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    sum[pixel] = static_cast<std::uint8_t>(pixel % 256);
    total[pixel] = static_cast<std::uint32_t>(7 * pixel);
  }
  total[255] = 4294967295u - 255u;
  REQUIRE(move_small_counts(sum, total));
  CHECK(std::ranges::count(sum, 0) == pixel_count);
  CHECK(total[254] == 7 * 254 + 254);
  CHECK(total[255] == 4294967295u);
  CHECK(total[65535] == 7 * 65535 + 255);
  REQUIRE(move_small_counts(sum, total));
  sum[255] = 1;
  CHECK_FALSE(move_small_counts(sum, total));
}

TEST_CASE("anything else is left to the careful reader: one wrong character anywhere") {
  std::mt19937_64 random(11);
  const std::string wrong = "/:;-+ .\r\t\n,x\x7f\xff" + std::string(1, '\0');
  for (const double two_digits : {0.0, 0.3}) {
    const std::string good = counts_csv(draw(two_digits, 4));
    for (int i = 0; i < 400; ++i) {
      // At its beginning, in it, around the end of a line, at its end.
      const std::size_t anywhere = random() % good.size();
      const std::size_t places[] = {0, anywhere, good.find('\n', anywhere), good.size() - 2, good.size() - 1};
      const std::size_t place = places[random() % 5];
      std::string text = good;
      text[place] = wrong[random() % wrong.size()];
      if (text == good) continue;
      CAPTURE(two_digits, place, static_cast<int>(text[place]));
      for (const SimdLevel level : test::available_simd_levels()) REQUIRE_FALSE(is_plain(text, level));
    }
  }
}

TEST_CASE("a digit more makes two digits, or three, which are too many - a character less is an error") {
  const std::string good = counts_csv(PixelCounts(5));
  for (const SimdLevel level : test::available_simd_levels()) {
    for (const std::size_t place : {0u, 2u, 508u, 510u, 70000u, 131070u}) {
      CAPTURE(place);
      CHECK(is_plain(std::string(good).insert(place, "1"), level));
      CHECK_FALSE(is_plain(std::string(good).insert(place, "12"), level));
      CHECK_FALSE(is_plain(std::string(good).erase(place, 1), level));
    }
    CHECK_FALSE(is_plain("", level));
    CHECK_FALSE(is_plain("\n", level));
    CHECK_FALSE(is_plain(good + "5\n", level));
    CHECK_FALSE(is_plain(good.substr(0, good.size() - 512), level));
    CHECK_FALSE(is_plain(good.substr(0, good.size() - 1), level));
    CHECK_FALSE(is_plain(good + good, level));
  }
}

TEST_CASE("hits by column, without the masked pixels, are the same from small and from full counts") {
  const PixelCounts counts = draw(0.2, 8);
  const Added added = add(counts_csv(counts), simd_level());
  REQUIRE(added.plain);
  PixelMask mask;
  for (const Pixel pixel : {Pixel{0, 0}, Pixel{15, 3}, Pixel{16, 3}, Pixel{255, 255}})
    mask(pixel.row, pixel.column) = 1;
  const auto masked = masked_pixels(mask);
  CHECK(masked.size() == 4);
  std::vector<std::uint8_t> masked_hits;
  for (const std::size_t pixel : masked) masked_hits.push_back(added.sum[pixel]);
  const AcquisitionHits ours = hits_of(added.small, masked, masked_hits);
  const AcquisitionHits full = hits_of(counts, masked);
  CHECK(ours.all_pixels == full.all_pixels);
  CHECK(ours.column == full.column);
  CHECK(ours.column_of_rows == full.column_of_rows);
  std::uint64_t all = 0, column_3 = 0, rows_3 = 0;
  for (std::size_t i = 0; i < pixel_count; ++i) all += counts[i];
  for (int row = 0; row < pixel_rows; ++row) {
    if (row == 15 || row == 16) continue;
    column_3 += counts(row, 3);
    if (row % 16 == 15) rows_3 += counts(row, 3);
  }
  CHECK(full.all_pixels == all);
  CHECK(full.column[3] == column_3);
  CHECK(full.column_of_rows[3] == rows_3);
}
