// SPDX-License-Identifier: GPL-3.0-or-later
// A decision is half a page under four headings; what was measured stands in tables.
#include <catch2/catch.hpp>
#include <functional>
#include <numeric>

#include "docs/checkout.hpp"
#include "docs/markdown.hpp"
#include "support/files.hpp"

using namespace velocal::test;

namespace {

constexpr std::size_t most_words = 350;  ///< without tables

std::size_t words_of_prose(const std::string& page) {
  const auto all = paragraphs(page);
  return std::transform_reduce(all.begin(), all.end(), std::size_t{0}, std::plus<>(), word_count);
}

bool is_decision(const std::string& page) {
  const std::vector<std::string> wanted{"Context", "Decision", "Consequences", "Rejected"};
  auto found = headings(page);
  if (!found.empty()) found.erase(found.begin());  // the title
  return found == wanted && words_of_prose(page) <= most_words;
}

}  // namespace

TEST_CASE("each decision has context, decision, consequences and what was rejected, on half a page") {
  std::size_t count = 0;
  for (const auto& file : files_with({".md"})) {
    if (file.parent_path() != checkout / "docs/decisions") continue;
    INFO(file);
    CHECK(is_decision(read_text(file)));
    ++count;
  }
  CHECK(count >= 6);
}

TEST_CASE("a decision that is too long or lacks a heading is found") {
  const std::string end = "## Decision\n## Consequences\n## Rejected\n| a | table |\n";
  std::string words;
  for (std::size_t k = 0; k < most_words; ++k) words += "word ";
  CHECK(is_decision("# 1. Title\n## Context\n" + words + "\n" + end));
  CHECK_FALSE(is_decision("# 1. Title\n## Context\n" + words + "word\n" + end));
  CHECK_FALSE(is_decision("# 1. Title\n" + end));
}
