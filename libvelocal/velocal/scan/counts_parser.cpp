// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/counts_parser.hpp"

#include <fmt/format.h>

#include <limits>
#include <string>
#include <string_view>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads anything that the format allows and says exactly what is wrong with the rest.
class StrictCountsReader {
 public:
  StrictCountsReader(std::span<const char> text, const std::filesystem::path& file)
      : at_(text.data()), end_(text.data() + text.size()), line_begin_(at_), file_(file) {}

  void read(PixelCounts& counts) {
    for (line_ = 1; line_ <= pixel_rows; ++line_) {
      line_begin_ = at_;
      if (at_ == end_) fail(fmt::format("only {} of {} lines", line_ - 1, pixel_rows), "the file is cut off");
      for (int column = 0; column < pixel_columns; ++column) {
        counts(line_ - 1, column) = number();
        if (column < pixel_columns - 1) comma(column + 1);
      }
      line_end();
    }
    line_begin_ = at_;
    if (at_ != end_) fail(fmt::format("more than {} lines", pixel_rows), "a file of counts has one line a pixel row");
  }

 private:
  std::uint32_t number() {
    if (at_ == end_) fail("the file ends where a number is expected", "it is cut off");
    if (*at_ == '-') fail(fmt::format("negative number of hits \"{}\"", field()));
    if (!is_digit(*at_)) fail(fmt::format("expected a number of hits, got \"{}\"", field()));
    const char* const start = at_;
    std::uint64_t value = 0;
    for (; at_ != end_ && is_digit(*at_); ++at_) {
      value = 10 * value + static_cast<std::uint64_t>(*at_ - '0');
      if (value > std::numeric_limits<std::uint32_t>::max()) {
        at_ = start;
        fail(fmt::format("number of hits {} is too large", field()), "the largest is 4294967295 = 2^32 - 1");
      }
    }
    if (at_ == end_) {
      fail("the file ends in a number or right after it",
           "it is cut off, or the line end after its last field is missing");
    }
    if (*at_ != ',' && *at_ != '\n' && *at_ != '\r') {
      at_ = start;
      fail(fmt::format("expected a number of hits, got \"{}\"", field()));
    }
    return static_cast<std::uint32_t>(value);
  }

  void comma(int fields_read) {
    if (*at_ != ',') fail(fmt::format("only {} of {} fields in the line", fields_read, pixel_columns));
    ++at_;
  }

  void line_end() {
    if (*at_ == ',') fail(fmt::format("more than {} fields in the line", pixel_columns));
    if (*at_ == '\r') ++at_;
    if (at_ == end_ || *at_ != '\n') fail("a carriage return without a line feed");
    ++at_;
  }

  /// The field at which the reader stands, shortened for a message.
  std::string field() const {
    const char* stop = at_;
    while (stop != end_ && stop - at_ < 24 && *stop != ',' && *stop != '\n' && *stop != '\r') ++stop;
    std::string shown;
    for (const char* c = at_; c != stop; ++c) shown += (*c >= ' ' && *c != '\x7f') ? *c : '?';
    return shown;
  }

  [[noreturn]] void fail(std::string_view problem, std::string_view reason = {}) const {
    throw InputError(fmt::format("{}:{}:{}: {}", file_.string(), line_, at_ - line_begin_ + 1, problem), reason,
                     "Take the file from the data acquisition again, or reject the acquisition in the descriptor "
                     "(reject.acquisitions)");
  }

  const char* at_;
  const char* end_;
  const char* line_begin_;
  int line_ = 1;
  const std::filesystem::path& file_;
};

}  // namespace

void parse_counts(std::span<const char> text, const std::filesystem::path& file, PixelCounts& counts) {
  StrictCountsReader(text, file).read(counts);
}

}  // namespace velocal
