// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "architecture/include_rules.hpp"

namespace velocal::test {

/// Names of the standard library, and the headers that have them; any of them will do.
using StandardNames = std::map<std::string, Names>;

/// A line without comments, texts and what is meant for the preprocessor.
inline std::string code_of(const std::string& line) {
  std::string code;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size() && !(code.empty() && line[i] == '#'); ++i) {
    if (!quoted && line.compare(i, 2, "//") == 0) break;
    if (line[i] == '"' && (i == 0 || line[i - 1] != '\\')) quoted = !quoted;
    if (!quoted) code += line[i];
  }
  return code;
}

/// In their order, with what they are qualified by: "std::vector".
inline std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::string name;
    for (const char letter : code_of(line) + ' ') {
      if (std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == ':') {
        name += letter;
      } else if (!name.empty()) {
        names.push_back(std::exchange(name, ""));
      }
    }
  }
  return names;
}

/// Types that the code declares, and parameters of templates.
inline Names declared_types(const std::string& text) {
  static const Names declares{"class", "struct", "typename", "using"};
  const std::vector<std::string> names = names_in(text);
  Names types;
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (declares.contains(names[i - 1])) types.insert(names[i]);
  }
  return types;
}

/// The header of each type; "" for a name that several headers define. Types inside of others do not begin a line.
inline std::map<std::string, std::string> headers_of_types(const Sources& sources) {
  static const std::regex definition(R"(^(?:class|struct|enum class|using) (\w+)(?: .*\{| = ).*)");
  std::map<std::string, std::string> headers;
  for (const auto& [file, text] : sources) {
    if (!file.ends_with(".hpp")) continue;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      std::smatch match;
      if (!std::regex_match(line, match, definition)) continue;
      const auto [known, is_new] = headers.emplace(match[1], file);
      if (!is_new) known->second = "";
    }
  }
  return headers;
}

/// What a header includes and declares.
struct Surroundings {
  Names headers;   ///< of ours
  Names standard;  ///< in angle brackets
  Names types;
};

inline Surroundings own_surroundings(const std::string& text) {
  Surroundings own{{}, {}, declared_types(text)};
  for (const Include& include : includes_of(text)) {
    (include.quoted ? own.headers : own.standard).insert(include.name);
  }
  return own;
}

/// With those of all that it includes, directly and by others.
inline Surroundings all_surroundings(const std::string& header, const std::map<std::string, Surroundings>& own) {
  Surroundings all;
  std::vector<std::string> open{header};
  while (!open.empty()) {
    const auto file = own.find(open.back());
    open.pop_back();
    if (file == own.end() || !all.headers.insert(file->first).second) continue;
    const Surroundings& more = file->second;
    open.insert(open.end(), more.headers.begin(), more.headers.end());
    all.standard.insert(more.standard.begin(), more.standard.end());
    all.types.insert(more.types.begin(), more.types.end());
  }
  return all;
}

/// What is wrong with a name of the standard library, without "std::"; empty when nothing is.
inline std::string standard_problem(const std::string& name, const Surroundings& around,
                                    const StandardNames& standard) {
  const auto known = standard.find(name);
  if (known == standard.end()) return "it is not known to the test";
  if (std::ranges::any_of(known->second, [&](const auto& header) { return around.standard.contains(header); }))
    return {};
  return "it comes with <" + *known->second.begin() + ">";
}

inline std::string own_problem(const std::string& name, const Surroundings& around,
                               const std::map<std::string, std::string>& headers) {
  const auto known = headers.find(name);
  const bool is_ours = known != headers.end() && !known->second.empty();
  if (!is_ours || around.types.contains(name) || around.headers.contains(known->second)) return {};
  return "it comes with " + known->second;
}

/// A line for each name of the standard library, or type of our own, that a header uses and neither includes nor
/// declares, directly or by what it includes.
inline std::vector<std::string> missing_includes(const Sources& sources, const StandardNames& standard) {
  const auto headers = headers_of_types(sources);
  std::map<std::string, Surroundings> own;
  for (const auto& [file, text] : sources) own[file] = own_surroundings(text);
  std::vector<std::string> problems;
  for (const auto& [file, text] : sources) {
    if (!file.ends_with(".hpp")) continue;
    const Surroundings around = all_surroundings(file, own);
    const std::vector<std::string> names = names_in(text);
    for (const std::string& name : Names(names.begin(), names.end())) {
      const std::string problem = name.starts_with("std::")
                                      ? standard_problem(name.substr(5, name.find(':', 5) - 5), around, standard)
                                      : own_problem(name, around, headers);
      if (!problem.empty()) problems.push_back(file + " names " + name + ": " + problem);
    }
  }
  return problems;
}

}  // namespace velocal::test
