// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing of ours is written through a link that another user may have laid: a file is made by a call that follows
// none.
#include <catch2/catch.hpp>
#include <regex>
#include <sstream>

#include "architecture/source_files.hpp"

using namespace velocal::test;
using Catch::Matchers::UnorderedEquals;

namespace {

/// A line for each call that makes a file and would follow a link.
std::vector<std::string> link_followers(const Sources& sources) {
  static const std::regex follows(
      R"re(\b(ofstream|fstream|freopen|creat|mktemp|mkostemp|tmpnam)\b\s*[ ({]|\bfopen\s*\(.*"[wa])re");
  static const std::regex creates(R"(\bO_CREAT\b)"), is_safe(R"(\b(O_NOFOLLOW|O_EXCL)\b)");
  std::vector<std::string> found;
  for (const auto& [file, text] : sources) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      const std::string code = line.substr(0, line.find("//"));
      const bool creates_through = std::regex_search(code, creates) && !std::regex_search(code, is_safe);
      if (creates_through || std::regex_search(code, follows)) found.push_back(file + ": " + code);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("library and programs make no file through a link") {
  CHECK_THAT(link_followers(all_sources()), UnorderedEquals(std::vector<std::string>{}));
}

TEST_CASE("a call that follows a link is found, and one that does not is not") {
  const Sources sources{
      {"a.cpp", "#include <fstream>\nstd::ofstream stream(file);\nopen(file, O_WRONLY | O_CREAT, 0666);\n"},
      {"b.cpp", "std::ifstream in(file);  // no std::ofstream out(file)\nopen(file, O_CREAT | O_EXCL, 0666);\n"},
      {"c.cpp",
       "open(file, O_CREAT | O_TRUNC | O_NOFOLLOW, 0666);\nstd::fopen(file, \"re\");\nstd::fopen(file, \"we\");\n"}};
  CHECK_THAT(link_followers(sources),
             UnorderedEquals(std::vector<std::string>{"a.cpp: std::ofstream stream(file);",
                                                      "a.cpp: open(file, O_WRONLY | O_CREAT, 0666);",
                                                      "c.cpp: std::fopen(file, \"we\");"}));
}
