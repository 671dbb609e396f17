// SPDX-License-Identifier: GPL-3.0-or-later
// Both readers of counts, the strict one and the quick one, against one that is as plain as can be.
#include <algorithm>
#include <vector>

#include "fuzz.hpp"
#include "velocal/scan/counts_parser.hpp"
#include "velocal/scan/small_counts.hpp"

namespace velocal::fuzz {
namespace {

/// What can be read, and the line where no more can, counted from 1; 0: the file is good.
struct PlainCounts {
  std::vector<std::uint32_t> counts;
  int bad_line = 0;
};

VELOCAL_PLAIN PlainCounts plain_counts(std::string_view text) {
  PlainCounts plain;
  std::size_t at = 0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    plain.bad_line = static_cast<int>(pixel / pixel_columns) + 1;
    const std::size_t begin = at;
    std::uint64_t value = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      value = std::min<std::uint64_t>(10 * value + static_cast<std::uint64_t>(text[at] - '0'), 1ull << 40u);
    }
    if (at == begin || value > 0xffffffffu) return plain;
    const bool last = pixel % pixel_columns == pixel_columns - 1;
    const std::string_view ahead = text.substr(at);
    const std::size_t ends = last && ahead.starts_with("\r\n") ? 2 : ahead.starts_with(last ? '\n' : ',') ? 1 : 0;
    if (ends == 0) return plain;
    plain.counts.push_back(static_cast<std::uint32_t>(value));
    at += ends;
  }
  plain.bad_line = at == text.size() ? 0 : pixel_rows + 1;
  return plain;
}

void check(const std::string& text) {
  static PixelCounts counts;
  const PlainCounts plain = plain_counts(text);
  int bad_line = 0;
  try {
    parse_counts(text, "scan.csv", counts);
  } catch (const InputError& error) {
    bad_line = line_in(error.what());
  }
  require(bad_line == plain.bad_line);
  require(std::equal(plain.counts.begin(), plain.counts.end(), counts.begin()));
  if (plain.counts.size() < pixel_count / 2) return;  // the quick one reads whole files only
  std::vector<std::uint8_t> sum(pixel_count);
  SmallCounts small;
  const bool quick = add_small_counts(text, sum, small);
  require(!quick || bad_line == 0);
  require(std::equal(sum.begin(), sum.end(), plain.counts.begin(),
                     [&](std::uint8_t got, std::uint32_t count) { return got == (quick ? count : 0); }));
}

}  // namespace
}  // namespace velocal::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace velocal::fuzz;
  static const std::string line = line_of("0");
  check(begin_of_file(text_of(data, size), line));
  return 0;
}
