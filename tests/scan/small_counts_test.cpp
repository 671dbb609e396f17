// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/small_counts.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "support/scan_files.hpp"
#include "velocal/scan/acquisition_hits.hpp"
#include "velocal/scan/small_counts_detail.hpp"

using namespace velocal;
using test::counts_csv;

namespace {

using Parse = bool (*)(const char* text, std::size_t size, SmallCounts& counts);

/// The parser of each level that this processor has, and the one that is used.
std::vector<Parse> parsers() {
  std::vector<Parse> all{&SmallCountsKernel<SimdLevel::scalar>::parse,
                         [](const char* text, std::size_t size, SmallCounts& counts) {
                           return parse_small_counts({text, size}, counts);
                         }};
  if (simd_level_available(SimdLevel::avx2)) all.push_back(&SmallCountsKernel<SimdLevel::avx2>::parse);
  if (simd_level_available(SimdLevel::avx512)) all.push_back(&SmallCountsKernel<SimdLevel::avx512>::parse);
  return all;
}

bool parse(Parse parser, const std::string& text, SmallCounts& counts) {
  // A buffer of its own: a read beyond the text is one beyond the allocation.
  const std::vector<char> exact(text.begin(), text.end());
  return parser(exact.data(), exact.size(), counts);
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

void expect_same(const SmallCounts& small, const PixelCounts& counts) {
  std::array<std::uint32_t, pixel_columns> column{}, column_of_rows{};
  for (int row = 0; row < pixel_rows; ++row) {
    for (int c = 0; c < pixel_columns; ++c) {
      column[static_cast<std::size_t>(c)] += counts(row, c);
      if (row % 16 == 15) column_of_rows[static_cast<std::size_t>(c)] += counts(row, c);
    }
  }
  CHECK(std::ranges::equal(small.counts, counts));
  CHECK(std::ranges::equal(small.column, column));
  CHECK(std::ranges::equal(small.column_of_rows, column_of_rows));
}

}  // namespace

TEST_CASE("counts of one and two digits are read, whatever their mixture, with their sums by column") {
  const double two_digits = GENERATE(0.0, 0.001, 0.1, 0.5, 1.0);
  CAPTURE(two_digits);
  const PixelCounts counts = draw(two_digits, 3);
  for (const Parse parser : parsers()) {
    SmallCounts small;
    small.column.fill(7);  // what was there before must not show through
    small.column_of_rows.fill(7);
    REQUIRE(parse(parser, counts_csv(counts), small));
    expect_same(small, counts);
  }
}

TEST_CASE("the largest counts fit, and their bound is known: 9 where all have one digit, else the largest") {
  PixelCounts counts(99);
  for (const Parse parser : parsers()) {
    SmallCounts small;
    REQUIRE(parse(parser, counts_csv(counts), small));
    expect_same(small, counts);
    CHECK(small.bound == 99);
    REQUIRE(parse(parser, counts_csv(PixelCounts(3)), small));
    CHECK(small.bound == 9);
    PixelCounts one(3);
    one(200, 17) = 42;
    REQUIRE(parse(parser, counts_csv(one), small));
    CHECK(small.bound == 42);
  }
}

TEST_CASE("counts are added pixel by pixel") {
  const PixelCounts counts = draw(0.1, 9);
  SmallCounts small;
  REQUIRE(parse_small_counts(std::span<const char>(counts_csv(counts)), small));
  PixelMatrix<std::uint8_t> total;
  add_small_counts(small, total);
  add_small_counts(small, total);
  CHECK(std::ranges::equal(total, counts, {}, {}, [](std::uint32_t count) { return 2 * count; }));
}

TEST_CASE("anything else is left to the careful reader: one wrong character anywhere") {
  std::mt19937_64 random(11);
  const std::string wrong = "/:;-+ .\r\t\n,x\x7f\xff" + std::string(1, '\0');
  SmallCounts small;
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
      for (const Parse parser : parsers()) REQUIRE_FALSE(parse(parser, text, small));
    }
  }
}

TEST_CASE("a digit more makes two digits, or three, which are too many - a character less is an error") {
  const std::string good = counts_csv(PixelCounts(5));
  SmallCounts small;
  for (const Parse parser : parsers()) {
    for (const std::size_t place : {0u, 2u, 508u, 510u, 70000u, 131070u}) {
      CAPTURE(place);
      CHECK(parse(parser, std::string(good).insert(place, "1"), small));
      CHECK_FALSE(parse(parser, std::string(good).insert(place, "12"), small));
      CHECK_FALSE(parse(parser, std::string(good).erase(place, 1), small));
    }
    CHECK_FALSE(parse(parser, "", small));
    CHECK_FALSE(parse(parser, "\n", small));
    CHECK_FALSE(parse(parser, good + "5\n", small));
    CHECK_FALSE(parse(parser, good.substr(0, good.size() - 512), small));
    CHECK_FALSE(parse(parser, good.substr(0, good.size() - 1), small));
    CHECK_FALSE(parse(parser, good + good, small));
  }
}

TEST_CASE("hits by column, without the masked pixels, are the same from small and from full counts") {
  const PixelCounts counts = draw(0.2, 8);
  SmallCounts small;
  REQUIRE(parse_small_counts(std::span<const char>(counts_csv(counts)), small));
  PixelMask mask;
  for (const Pixel pixel : {Pixel{0, 0}, Pixel{15, 3}, Pixel{16, 3}, Pixel{255, 255}})
    mask(pixel.row, pixel.column) = 1;
  const auto masked = masked_pixels(mask);
  CHECK(masked.size() == 4);
  const AcquisitionHits ours = hits_of(small, masked);
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
