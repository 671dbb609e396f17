// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/counts_parser.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "support/scan_files.hpp"

using namespace velocal;
using test::counts_csv;

namespace {

PixelCounts parse(std::string_view text) {
  PixelCounts counts(77);  // what was there before must not show through
  parse_counts(text, "scan.csv", counts);
  return counts;
}

/// Pixel (row, column) has up to `digits` digits; no two neighbours have the same number.
PixelCounts random_counts(int digits, unsigned seed) {
  std::mt19937_64 random(seed);
  PixelCounts counts;
  for (std::uint32_t& count : counts) {
    std::uint64_t limit = 1;
    for (std::uint64_t d = random() % static_cast<std::uint64_t>(digits) + 1; d > 0; --d) limit *= 10;
    count = static_cast<std::uint32_t>(random() % std::min<std::uint64_t>(limit, 4294967296));
  }
  return counts;
}

}  // namespace

TEST_CASE("a file is read pixel by pixel: line = row, field = column") {
  PixelCounts counts;
  counts(0, 0) = 1;
  counts(0, 255) = 2;
  counts(3, 7) = 10;
  counts(255, 0) = 63;
  counts(255, 255) = 99;
  CHECK(parse(counts_csv(counts)) == counts);
}

TEST_CASE("numbers of one to ten digits are read, with LF and with CRLF") {
  const int digits = GENERATE(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  const PixelCounts counts = random_counts(digits, static_cast<unsigned>(digits));
  CAPTURE(digits);
  CHECK(parse(counts_csv(counts)) == counts);
  CHECK(parse(counts_csv(counts, "\r\n")) == counts);
}

TEST_CASE("one long number anywhere does not change how the others are read") {
  // The reader has a quick way for short numbers and falls back to a careful one: both must agree.
  const PixelCounts plain = random_counts(2, 5);
  const std::size_t place = GENERATE(0u, 255u, 256u, 40000u, 65535u);
  PixelCounts counts = plain;
  counts[place] = 123;
  CHECK(parse(counts_csv(counts)) == counts);
  CHECK(parse(counts_csv(plain)) == plain);
}

TEST_CASE("lines may end in LF here and in CRLF there") {
  const PixelCounts counts = random_counts(2, 6);
  std::string text = counts_csv(counts);
  text.insert(text.find('\n', text.size() / 2), 1, '\r');
  CHECK(parse(text) == counts);
}

TEST_CASE("the largest number is 2^32 - 1") {
  PixelCounts counts;
  counts(9, 200) = 4294967295u;
  CHECK(parse(counts_csv(counts))(9, 200) == 4294967295u);
}

TEST_CASE("leading zeros do not matter") {
  std::string text = counts_csv(PixelCounts(7));
  text.replace(0, 1, "000000000000007");
  CHECK(parse(text) == PixelCounts(7));
}
