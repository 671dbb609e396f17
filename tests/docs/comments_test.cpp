// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "docs/checkout.hpp"
#include "docs/markdown.hpp"
#include "support/files.hpp"

using namespace velocal::test;
using Strings = std::vector<std::string>;

namespace {

/// The lines where a comment begins with "Of ": its noun is missing.
Strings comments_without_a_noun(const std::string& source) {
  static const std::regex whole_line(R"(\s*//.*)"), begins_with_of(R"((.*\s)?//[/!]?<? Of .*)");
  Strings found;
  std::istringstream lines(source);
  bool goes_on = false;
  for (std::string line; std::getline(lines, line);) {
    const bool comment = std::regex_match(line, whole_line);
    if (std::regex_match(line, begins_with_of) && !(comment && goes_on)) found.push_back(line);
    goes_on = comment;
  }
  return found;
}

}  // namespace

TEST_CASE("no comment begins with a bare Of") {
  for (const auto& source : files_with({".hpp", ".cpp"})) {
    if (source.parent_path() == checkout / "tests/docs") continue;  // the example below
    INFO(source);
    CHECK(comments_without_a_noun(read_text(source)) == Strings{});
  }
}

TEST_CASE("a comment that begins with a bare Of is found, one that goes on with it is not") {
  CHECK(comments_without_a_noun("/// Of chi2.\nint a;  ///< Of b.\n// The fall\n// Of chi2.\nint c;  ///< of d\n") ==
        Strings{"/// Of chi2.", "int a;  ///< Of b."});
}
