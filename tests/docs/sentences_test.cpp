// SPDX-License-Identifier: GPL-3.0-or-later
// Pages are read once and understood: their sentences are short.
#include <catch2/catch.hpp>

#include "docs/checkout.hpp"
#include "docs/markdown.hpp"
#include "support/files.hpp"

using namespace velocal::test;
using Strings = std::vector<std::string>;

namespace {

constexpr std::size_t long_sentence = 30;  ///< words
constexpr std::size_t sentences_per_long_one = 10;

Strings long_sentences(const std::string& page) {
  Strings all = sentences(page);
  std::erase_if(all, [](const std::string& sentence) { return word_count(sentence) < long_sentence; });
  return all;
}

bool is_easy_to_read(const std::string& page) {
  return long_sentences(page).size() * sentences_per_long_one <= sentences(page).size();
}

/// A sentence of so many words.
std::string sentence_of(std::size_t words) {
  std::string sentence = "Word";
  for (std::size_t k = 1; k < words; ++k) sentence += " word";
  return sentence + ".\n";
}

}  // namespace

TEST_CASE("90 % of the sentences have fewer than 30 words") {
  const auto* const name = GENERATE("docs/physics.md", "docs/performance.md");
  const std::string page = read_text(checkout / name);
  INFO(name);
  CAPTURE(long_sentences(page));
  CHECK(sentences(page).size() > 50);  // a page without a sentence is easy to read
  CHECK(is_easy_to_read(page));
}

// The rule must be able to fail.

TEST_CASE("a page with more than one long sentence in ten is hard to read") {
  std::string page;
  for (int k = 0; k < 9; ++k) page += sentence_of(29);
  CHECK(is_easy_to_read(page + sentence_of(30)));
  CHECK_FALSE(is_easy_to_read(page + sentence_of(30) + sentence_of(30)));
}

TEST_CASE("sentences end at full stops, list items and blank lines") {
  CHECK(sentences("One and\ntwo. Three? (Four!) \"Five.\" Six") ==
        Strings{"One and two.", "Three?", "(Four!)", "\"Five.\"", "Six"});
  CHECK(sentences("These:\n- one,\n  and more\n- two\n\n1. three\n2. four") ==
        Strings{"These:", "one, and more", "two", "three", "four"});
}

TEST_CASE("abbreviations, decimals and code do not end a sentence") {
  CHECK(sentences("A gain, i.e. 15.45 e-/DAC (e.g. of `a. b c`), is K.") ==
        Strings{"A gain, i.e. 15.45 e-/DAC (e.g. of code), is K."});
}

TEST_CASE("headings, tables, pictures, comments and blocks of code have no sentences") {
  CHECK(sentences(
            "# Title\n| a. | b. |\n![a. b.](c.png)\n<!-- d. -->\n```\ne. f.\n```\n    g. h.\n**Run in.** Text.\n") ==
        Strings{"Text."});
}

TEST_CASE("signs of formulas are no words") {
  CHECK(word_count("K = n/target, with n = 1599") == 5);
}
