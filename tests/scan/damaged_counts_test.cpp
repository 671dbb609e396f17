// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <vector>

#include "support/scan_files.hpp"
#include "velocal/core/error.hpp"
#include "velocal/scan/counts_parser.hpp"

using namespace velocal;

namespace {

/// What is wrong with the file, without the suggestion, which is the same each time.
std::string complaint(std::string_view text) {
  PixelCounts counts;
  try {
    parse_counts(text, "scan.csv", counts);
  } catch (const InputError& error) {
    const std::string message = error.what();
    const std::string suggestion =
        ". Take the file from the data acquisition again, or reject the acquisition in the descriptor "
        "(reject.acquisitions)";
    if (message.ends_with(suggestion)) return message.substr(0, message.size() - suggestion.size());
    return "no suggestion: " + message;
  }
  return "";
}

/// A sound file of two-digit counts, 10: field c of a line begins at column 3c + 1.
const std::string& sound() {
  static const std::string text = test::counts_csv(PixelCounts(10));
  return text;
}

std::size_t begin_of(int line, int field) {
  return static_cast<std::size_t>(line - 1) * 3 * pixel_columns + static_cast<std::size_t>(field - 1) * 3;
}

/// The sound file with field `field` of line `line` (both from 1) replaced.
std::string with_field(int line, int field, std::string_view text) {
  std::string damaged = sound();
  return damaged.replace(begin_of(line, field), 2, text);
}

}  // namespace

TEST_CASE("the sound file has no complaint") {
  CHECK(complaint(sound()).empty());
}

TEST_CASE("a field that is no number is shown with its place") {
  CHECK(complaint(with_field(3, 5, "xy")) == "scan.csv:3:13: expected a number of hits, got \"xy\"");
  CHECK(complaint(with_field(3, 5, "-7")) == "scan.csv:3:13: negative number of hits \"-7\"");
  CHECK(complaint(with_field(3, 5, "")) == "scan.csv:3:13: expected a number of hits, got \"\"");
  CHECK(complaint(with_field(1, 1, "+1")) == "scan.csv:1:1: expected a number of hits, got \"+1\"");
  CHECK(complaint(with_field(256, 256, "nan")) == "scan.csv:256:766: expected a number of hits, got \"nan\"");
  CHECK(complaint(with_field(2, 2, "1.5")) == "scan.csv:2:4: expected a number of hits, got \"1.5\"");
  CHECK(complaint(with_field(2, 2, "1e3")) == "scan.csv:2:4: expected a number of hits, got \"1e3\"");
  CHECK(complaint(with_field(2, 2, " 1")) == "scan.csv:2:4: expected a number of hits, got \" 1\"");
  CHECK(complaint(with_field(2, 2, "1 ")) == "scan.csv:2:4: expected a number of hits, got \"1 \"");
}

TEST_CASE("a long or unprintable field is shortened and made printable") {
  CHECK(complaint(with_field(2, 2, "abcdefghijklmnopqrstuvwxyz")) ==
        "scan.csv:2:4: expected a number of hits, got \"abcdefghijklmnopqrstuvwx\"");
  CHECK(complaint(with_field(2, 2, std::string_view("\0\x1b[1m", 5))) ==
        "scan.csv:2:4: expected a number of hits, got \"??[1m\"");
  CHECK(complaint(with_field(1, 1,
                             "\xef\xbb\xbf"
                             "10")) == "scan.csv:1:1: expected a number of hits, got \"???10\"");
}

TEST_CASE("a number that does not fit in 32 bits is too large") {
  const auto too_large = [](std::string number) {
    return "scan.csv:4:7: number of hits " + number + " is too large (the largest is 4294967295 = 2^32 - 1)";
  };
  CHECK(complaint(with_field(4, 3, "4294967295")).empty());
  CHECK(complaint(with_field(4, 3, "4294967296")) == too_large("4294967296"));
  CHECK(complaint(with_field(4, 3, "18446744073709551617")) == too_large("18446744073709551617"));  // 2^64 + 1
}

TEST_CASE("a line with too few or too many fields is found at its end or at the surplus") {
  std::string few = sound();
  few.erase(begin_of(7, 256) - 1, 3);
  CHECK(complaint(few) == "scan.csv:7:765: only 255 of 256 fields in the line");
  CHECK(complaint(with_field(7, 256, "10,10")) == "scan.csv:7:768: more than 256 fields in the line");
  CHECK(complaint(with_field(7, 256, "10,")) == "scan.csv:7:768: more than 256 fields in the line");
  CHECK(complaint(with_field(1, 1, "10\n10")) == "scan.csv:1:3: only 1 of 256 fields in the line");
  CHECK(complaint(with_field(1, 1, "\n10")) == "scan.csv:1:1: expected a number of hits, got \"\"");
}

TEST_CASE("too few and too many lines") {
  const std::size_t line = 3 * pixel_columns;
  CHECK(complaint("") == "scan.csv:1:1: only 0 of 256 lines (the file is cut off)");
  CHECK(complaint(std::string_view(sound()).substr(line)) ==
        "scan.csv:256:1: only 255 of 256 lines (the file is cut off)");
  CHECK(complaint(sound() + sound().substr(0, line)) ==
        "scan.csv:257:1: more than 256 lines (a file of counts has one line a pixel row)");
  CHECK(complaint(sound() + "\n") == "scan.csv:257:1: more than 256 lines (a file of counts has one line a pixel row)");
}

TEST_CASE("a file cut off anywhere is refused, and also in its last number") {
  const std::string_view text = sound();
  const std::string in_number =
      ": the file ends in a number or right after it (it is cut off, or the line end after its last field is missing)";
  CHECK(complaint(text.substr(0, begin_of(100, 50) + 1)) == "scan.csv:100:149" + in_number);
  CHECK(complaint(text.substr(0, begin_of(100, 50) + 2)) == "scan.csv:100:150" + in_number);
  CHECK(complaint(text.substr(0, begin_of(100, 51))) ==
        "scan.csv:100:151: the file ends where a number is expected (it is cut off)");
  CHECK(complaint(text.substr(0, text.size() - 1)) == "scan.csv:256:768" + in_number);
  CHECK(complaint(text.substr(0, text.size() - 2)) == "scan.csv:256:767" + in_number);
  for (std::size_t size = 0; size < text.size(); size += 499) {
    if (complaint(text.substr(0, size)).empty()) FAIL("cut off at " << size << " and taken as sound");
  }
}

TEST_CASE("a carriage return belongs before a line feed") {
  CHECK(complaint(with_field(5, 256, "10\r")).empty());
  CHECK(complaint(with_field(5, 256, "10\rx")) == "scan.csv:5:769: a carriage return without a line feed");
  CHECK(complaint(with_field(5, 3, "10\r")) == "scan.csv:5:9: only 3 of 256 fields in the line");
}

TEST_CASE("nothing is read beyond the end of the text") {
  // Each copy ends where its memory ends: the address sanitizer sees a look at what follows.
  for (const std::size_t size : {0u, 1u, 2u, 3u, 767u, 768u, 769u, 196605u, 196606u, 196607u}) {
    const std::vector<char> text(sound().begin(), sound().begin() + static_cast<std::ptrdiff_t>(size));
    CHECK_FALSE(complaint({text.data(), text.size()}).empty());
  }
  const std::vector<char> whole(sound().begin(), sound().end());
  CHECK(complaint({whole.data(), whole.size()}).empty());
}
