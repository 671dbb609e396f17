// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace velocal::test {

inline bool is_letter_or_digit(unsigned char c) {
  return std::isalnum(c) != 0;
}

/// Without blocks of code, whose lines are left empty.
inline std::vector<std::string> lines_without_code(const std::string& page) {
  std::vector<std::string> lines;
  std::istringstream stream(page);
  bool code = false;
  for (std::string line; std::getline(stream, line);) {
    const bool fence = line.starts_with("```");
    if (fence) code = !code;
    lines.push_back(code || fence ? "" : line);
  }
  return lines;
}

/// Paragraphs and list items, each in one line: no headings, tables, pictures, comments or indented code. Bold words
/// in front ("**Background.**") are a heading, too.
inline std::vector<std::string> paragraphs(const std::string& page) {
  static const std::regex item(R"(\s*([-*]|\d+\.)\s+(.*))"), no_prose(R"(\s*|(\||#|<!--|!\[|    ).*)");
  static const std::regex heading(R"(^\s*\*\*[^*]+\*\*:?)");
  std::vector<std::string> all{""};
  for (const std::string& line : lines_without_code(page)) {
    std::smatch match;
    if (std::regex_match(line, no_prose)) {
      all.emplace_back();
    } else if (std::regex_match(line, match, item)) {
      all.push_back(match[2]);
    } else {
      all.back() += " " + line;
    }
  }
  for (std::string& paragraph : all) paragraph = std::regex_replace(paragraph, heading, "");
  std::erase_if(all, [](const std::string& paragraph) { return std::ranges::none_of(paragraph, is_letter_or_digit); });
  return all;
}

/// A full stop ends a sentence, as do ? and !, but not in "e.g.", "5.9" or code.
inline bool ends_sentence(std::string word) {
  static const std::set<std::string> abbreviations{"e.g.", "i.e.", "cf.", "vs."};
  word.erase(0, word.find_first_not_of("(\"*"));
  word.erase(word.find_last_not_of(")\"*") + 1);
  return !word.empty() && std::string(".?!").find(word.back()) != std::string::npos && !abbreviations.contains(word);
}

/// The sentences of paragraphs and list items. What stands `in code` counts as one word.
inline std::vector<std::string> sentences(const std::string& page) {
  static const std::regex code("`[^`]*`");
  std::vector<std::string> all;
  for (const std::string& paragraph : paragraphs(page)) {
    std::istringstream words(std::regex_replace(paragraph, code, "code"));
    std::string sentence;
    for (std::string word; words >> word;) {
      sentence += (sentence.empty() ? "" : " ") + word;
      if (ends_sentence(word)) all.push_back(std::exchange(sentence, {}));
    }
    if (!sentence.empty()) all.push_back(sentence);
  }
  return all;
}

/// Words have a letter or a digit: the signs of a formula are none.
inline std::size_t word_count(const std::string& sentence) {
  std::istringstream words(sentence);
  std::size_t count = 0;
  for (std::string word; words >> word;) {
    if (std::ranges::any_of(word, is_letter_or_digit)) ++count;
  }
  return count;
}

/// "What it computes" for "## What it `computes`".
inline std::vector<std::string> headings(const std::string& page) {
  static const std::regex heading("#{1,6} +(.*)");
  std::vector<std::string> all;
  for (std::string line : lines_without_code(page)) {
    std::erase(line, '`');
    std::smatch match;
    if (std::regex_match(line, match, heading)) all.push_back(match[1]);
  }
  return all;
}

/// What stands behind # in a link to a heading: "what-it-computes".
inline std::string anchor(std::string heading) {
  const auto dropped = [](unsigned char c) { return c < 128 && !is_letter_or_digit(c) && c != '-' && c != '_'; };
  std::ranges::replace(heading, ' ', '-');
  std::erase_if(heading, dropped);
  std::ranges::transform(heading, heading.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return heading;
}

/// Targets of the links and pictures.
inline std::vector<std::string> links(const std::string& page) {
  static const std::regex link(R"(\]\(([^)\s]+)\))"), code("`[^`]*`");
  std::vector<std::string> all;
  for (const std::string& line : lines_without_code(page)) {
    const std::string text = std::regex_replace(line, code, "code");
    for (std::sregex_iterator match(text.begin(), text.end(), link), end; match != end; ++match) {
      all.push_back((*match)[1]);
    }
  }
  return all;
}

}  // namespace velocal::test
