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

/// Text of each file by its path as it stands in an #include: "velocal/flux/flux_cube.hpp" of the library,
/// "shell/program.hpp" of the programs, "velocal-fit.cpp" for a main.
using Sources = std::map<std::string, std::string>;

using Names = std::set<std::string>;

/// Rooms that the files of a room may include beside their own: "fit/problem" -> {"model", "descriptor"}.
using RoomRules = std::map<std::string, Names>;

/// The rooms (or whole layers) that may include a third-party header, by the beginning of its name.
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

/// "velocal/fit/problem/fit_problem.hpp" -> "fit/problem", "shell/program.hpp" -> "apps/shell", "velocal-fit.cpp" ->
/// "apps"
inline std::string room_of(const std::string& file) {
  static const std::string library = "velocal/";
  const auto end = file.rfind('/');
  if (end == std::string::npos) return "apps";
  if (!file.starts_with(library)) return "apps/" + file.substr(0, end);
  return end < library.size() ? "" : file.substr(library.size(), end - library.size());  // "": velocal.hpp's own
}

/// "fit/problem" -> "fit"
inline std::string layer_of(const std::string& room) {
  return room.substr(0, room.find('/'));
}

/// Headers of the standard library, and Eigen's, which every header may show.
inline bool may_be_shown(const std::string& included) {
  static const std::regex standard("[a-z_0-9]+"), eigen("Eigen/[A-Za-z]+");
  return std::regex_match(included, standard) || std::regex_match(included, eigen);
}

/// A header that shows a third party's types stays within its layer.
inline bool shows_third_party(const std::string& text) {
  const auto includes = includes_of(text);
  return std::ranges::any_of(includes,
                             [](const Include& include) { return !include.quoted && !may_be_shown(include.name); });
}

/// One rule a function: what is wrong with an include, empty when nothing is.
inline std::string room_problem(const std::string& file, const std::string& included, const Sources& sources,
                                const RoomRules& rules) {
  const std::string from = room_of(file), to = room_of(included);
  if (!sources.contains(included)) return "there is no such file";
  if (included.ends_with(".cpp")) return "it is no header";
  if (from == to) return {};
  if (layer_of(from) != layer_of(to) && shows_third_party(sources.at(included))) {
    return "it shows a third party's types, and stays within " + layer_of(to);
  }
  if (to == "core" || (rules.contains(from) && rules.at(from).contains(to))) return {};
  return from + " may not include " + to;
}

inline std::string third_party_problem(const std::string& file, const std::string& included,
                                       const ThirdPartyRules& rules) {
  static const std::regex system(R"((sys/)?[a-z_]+\.h)");
  if (may_be_shown(included)) return {};
  const std::string room = room_of(file);
  for (const auto& [beginning, rooms] : rules) {
    if (!included.starts_with(beginning)) continue;
    return rooms.contains(room) || rooms.contains(layer_of(room)) ? "" : "it stays out of " + room;
  }
  return std::regex_match(included, system) ? "" : "it is in no rule";
}

/// Adds "circle: a -> b -> a" for each circle that a walk from `from` comes to; next(a) gives where one can go from a.
template <class Next>
void find_circles(const std::string& from, const Next& next, std::vector<std::string>& path, Names& finished,
                  std::vector<std::string>& problems) {
  if (const auto begin = std::ranges::find(path, from); begin != path.end()) {
    std::string circle;
    for (auto step = begin; step != path.end(); ++step) circle += *step + " -> ";
    problems.push_back("circle: " + circle + from);
    return;
  }
  if (finished.contains(from)) return;
  path.push_back(from);
  for (const std::string& to : next(from)) find_circles(to, next, path, finished, problems);
  path.pop_back();
  finished.insert(from);
}

/// Circles among the rooms themselves.
inline std::vector<std::string> circles_of(const RoomRules& rules) {
  std::vector<std::string> path, problems;
  Names finished;
  const auto next = [&](const std::string& room) { return rules.contains(room) ? rules.at(room) : Names{}; };
  for (const auto& [room, others] : rules) find_circles(room, next, path, finished, problems);
  return problems;
}

/// What a file includes in quotes.
inline Names quoted_includes(const std::string& file, const Sources& sources) {
  Names names;
  if (!sources.contains(file)) return names;
  for (const Include& include : includes_of(sources.at(file))) {
    if (include.quoted) names.insert(include.name);
  }
  return names;
}

/// The header and all that it includes, directly and by others.
inline Names brought_by(const std::string& header, const Sources& sources) {
  Names brought;
  std::vector<std::string> open{header};
  while (!open.empty()) {
    const std::string file = open.back();
    open.pop_back();
    if (!brought.insert(file).second) continue;
    for (const std::string& included : quoted_includes(file, sources)) open.push_back(included);
  }
  return brought;
}

/// A line for each #include that breaks a rule, and for each circle.
inline std::vector<std::string> broken_rules(const Sources& sources, const RoomRules& rooms,
                                             const ThirdPartyRules& third_party) {
  std::vector<std::string> problems;
  std::vector<std::string> path;
  Names finished;
  for (const auto& [file, text] : sources) {
    if (!rooms.contains(room_of(file))) problems.push_back(file + ": its room is in no rule");
    for (const auto& [included, quoted] : includes_of(text)) {
      if (included == "velocal_build.hpp" && file.ends_with(".cpp")) continue;
      const std::string problem =
          quoted ? room_problem(file, included, sources, rooms) : third_party_problem(file, included, third_party);
      if (!problem.empty()) problems.push_back(file + " includes " + included + ": " + problem);
    }
    find_circles(
        file, [&](const std::string& from) { return quoted_includes(from, sources); }, path, finished, problems);
  }
  return problems;
}

/// Sources without a header of their name, which tells what they hold. Mains need none, nor do kernels that are
/// compiled once more for each SIMD level.
inline std::vector<std::string> sources_without_header(const Sources& sources) {
  static const std::regex variant(R"(.*_(sse2|avx2|avx512)\.cpp)");
  std::vector<std::string> found;
  for (const auto& [file, text] : sources) {
    if (!file.ends_with(".cpp") || room_of(file) == "apps" || std::regex_match(file, variant)) continue;
    if (!sources.contains(file.substr(0, file.size() - 3) + "hpp")) found.push_back(file);
  }
  return found;
}

}  // namespace velocal::test
