// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace velocal::test {

/// Text of each file by its path as it stands in an #include: "velocal/flux/flux_cube.hpp".
using Sources = std::map<std::string, std::string>;

using Names = std::set<std::string>;

/// Layers that the files of a layer may include beside their own.
using LayerRules = std::map<std::string, Names>;

/// The layers whose sources may include a third-party header, by the beginning of its name.
using ThirdPartyRules = std::map<std::string, Names>;

struct Include {
  std::string name;
  bool quoted = false;
};

inline std::vector<Include> includes_of(const std::string& text) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
  std::vector<Include> includes;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_search(line, match, pattern)) includes.push_back({match[2], match[1] == "\""});
  }
  return includes;
}

/// "velocal/flux/flux_cube.hpp" -> "flux"
inline std::string layer_of(const std::string& file) {
  const auto begin = file.find('/') + 1;
  return file.substr(begin, file.find('/', begin) - begin);
}

inline bool is_private(const std::string& file) {
  return file.ends_with(".cpp") || file.ends_with("_detail.hpp");
}

/// One rule a function: what is wrong with an include, empty when nothing is.
inline std::string layer_problem(const std::string& file, const std::string& included, const Sources& sources,
                                 const LayerRules& rules) {
  const std::string from = layer_of(file), to = layer_of(included);
  if (!sources.contains(included)) return "there is no such file";
  if (included.ends_with(".cpp")) return "it is no header";
  if (from == to) return {};
  if (is_private(included)) return "it is private to its layer";
  if (to == "core" || (rules.contains(from) && rules.at(from).contains(to))) return {};
  return from + " may not include " + to;
}

inline std::string third_party_problem(const std::string& file, const std::string& included,
                                       const ThirdPartyRules& rules) {
  static const std::regex standard("[a-z_0-9]+"), eigen("Eigen/[A-Za-z]+"), system(R"((sys/)?[a-z_]+\.h)");
  if (std::regex_match(included, standard) || std::regex_match(included, eigen)) return {};
  if (!is_private(file)) return "a public header shows the standard library and Eigen only";
  for (const auto& [beginning, layers] : rules) {
    if (!included.starts_with(beginning)) continue;
    return layers.contains(layer_of(file)) ? "" : "it stays out of " + layer_of(file);
  }
  return std::regex_match(included, system) ? "" : "it is in no rule";
}

/// "a -> b -> a" for each circle that a walk from `file` comes to.
inline void find_circles(const std::string& file, const Sources& sources, std::vector<std::string>& path,
                         Names& finished, std::vector<std::string>& problems) {
  if (const auto begin = std::ranges::find(path, file); begin != path.end()) {
    std::string circle;
    for (auto step = begin; step != path.end(); ++step) circle += *step + " -> ";
    problems.push_back("circle: " + circle + file);
    return;
  }
  if (finished.contains(file) || !sources.contains(file)) return;
  path.push_back(file);
  for (const Include& include : includes_of(sources.at(file))) {
    if (include.quoted) find_circles(include.name, sources, path, finished, problems);
  }
  path.pop_back();
  finished.insert(file);
}

/// A line for each #include that breaks a rule, and for each circle.
inline std::vector<std::string> broken_rules(const Sources& sources, const LayerRules& layers,
                                             const ThirdPartyRules& third_party) {
  std::vector<std::string> problems;
  std::vector<std::string> path;
  Names finished;
  for (const auto& [file, text] : sources) {
    if (!layers.contains(layer_of(file))) problems.push_back(file + ": its layer is in no rule");
    for (const auto& [included, quoted] : includes_of(text)) {
      if (included == "velocal_build.hpp" && is_private(file)) continue;
      const std::string problem =
          quoted ? layer_problem(file, included, sources, layers) : third_party_problem(file, included, third_party);
      if (!problem.empty()) problems.push_back(file + " includes " + included + ": " + problem);
    }
    find_circles(file, sources, path, finished, problems);
  }
  return problems;
}

}  // namespace velocal::test
