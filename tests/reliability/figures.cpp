// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "support/files.hpp"
#include "support/source_tree.hpp"
#include "validation/markdown.hpp"

namespace velocal::test {
namespace {

using Counts = std::map<std::string, std::size_t>;

std::string table_of(const Counts& counts, const std::string& what) {
  if (counts.empty()) return "None.";
  std::string text = head({what, "times"}, 1);
  for (const auto& [name, count] : counts) text += row({name, std::to_string(count)});
  return without_last_break(text);
}

/// A paragraph for each note, with the campaigns that it is of.
std::string notes_of(const Figures& figures) {
  std::map<std::string, std::string> names;
  for (const auto& [name, campaign] : figures) {
    if (campaign.note.empty()) continue;
    std::string& list = names[campaign.note];
    list += fmt::format("{}`{}`", list.empty() ? "" : ", ", name);
  }
  std::string text;
  for (const auto& [note, list] : names) text += fmt::format("\n\n{}: {}", list, note);
  return text;
}

std::string run_table(const Figures& figures) {
  std::string text = head({"campaign", "share of the long run", "version"}, 1);
  for (const auto& [name, campaign] : figures) {
    text += row({"`" + name + "`", fmt::format("{:g} %", 100.0 * campaign.share), campaign.version});
  }
  return without_last_break(text) + notes_of(figures);
}

/// The calls of each kind that have failed, and their sum.
std::map<std::string, std::string> fault_texts(const Figures& figures) {
  std::string table = head({"call that fails", "faults"}, 1);
  std::size_t sum = 0, of_memory = 0;
  for (const auto& [name, campaign] : figures) {
    const bool of_kind = name.starts_with(fault_campaign(""));
    const bool of_allocations = name.starts_with(place_campaign("")) || name.starts_with(allocation_campaign(""));
    if (!of_kind && !of_allocations) continue;
    const std::string& count = campaign.texts.at(name);
    if (of_kind) table += row({name.substr(fault_campaign("").size()), count});
    sum += std::stoul(count);
    if (of_allocations || name == fault_campaign("memory")) of_memory += std::stoul(count);
  }
  return {{"faults", std::to_string(sum)},
          {"memory faults", std::to_string(of_memory)},
          {"fault table", without_last_break(table)}};
}

/// A row for each program.
std::string allocation_table(const Figures& figures) {
  std::string table = head({"program", "the first of each place", "all"}, 1);
  std::set<std::string> programs;
  for (const auto& [name, campaign] : figures) {
    const std::size_t slash = name.find('/');
    if (name.starts_with(place_campaign("")) || name.starts_with(allocation_campaign("")))
      programs.insert(name.substr(slash + 1));
  }
  const auto count = [&](const std::string& name) {
    const auto found = figures.find(name);
    if (found == figures.end()) return std::string("(not run)");
    const double share = found->second.share;
    return found->second.texts.at(name) + (share < 1.0 ? fmt::format(" (drawn, {:g} %)", 100.0 * share) : "");
  };
  for (const std::string& program : programs) {
    table += row({"`velocal-" + program + "`", count(place_campaign(program)), count(allocation_campaign(program))});
  }
  return without_last_break(table);
}

/// How many tests the files have that the row of the table names.
std::string tests_of(const std::string& row) {
  static const std::regex file("`(tests/[a-z_/]+[.]cpp)`"), test("\\nTEST_CASE(_METHOD)?[(]");
  std::ptrdiff_t count = 0;
  for (auto found = std::sregex_iterator(row.begin(), row.end(), file); found != std::sregex_iterator(); ++found) {
    const std::string text = read_text(source_tree() / found->str(1));
    count += std::distance(std::sregex_iterator(text.begin(), text.end(), test), std::sregex_iterator());
  }
  return fmt::format("tests in each CI run: {}", count);
}

/// Puts the number of tests in the place of each {{tests}}.
std::string with_tests(const std::string& text) {
  std::istringstream lines(text);
  std::string filled;
  for (std::string line; std::getline(lines, line);) {
    filled += std::regex_replace(line, std::regex("[{]{2}tests[}]{2}"), tests_of(line)) + "\n";
  }
  return filled;
}

/// Puts each text in the place of its {{name}}; what was not run has none.
std::string filled(std::string text, const std::map<std::string, std::string>& texts) {
  for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at)) {
    const std::size_t end = text.find("}}", at);
    const auto found = texts.find(text.substr(at + 2, end - at - 2));
    text.replace(at, end + 2 - at, found == texts.end() ? "(not run)" : found->second);
  }
  return text;
}

}  // namespace

std::string fault_campaign(const std::string& call) {
  return "faults/" + call;
}

std::string place_campaign(const std::string& program) {
  return "places/" + program;
}

std::string allocation_campaign(const std::string& program) {
  return "allocations/" + program;
}

Figures read_figures(const std::filesystem::path& file) {
  Figures figures;
  if (!std::filesystem::exists(file)) return figures;
  std::ifstream stream(file);
  const auto kept = nlohmann::json::parse(stream);
  for (const auto& [name, json] : kept.items()) {
    figures[name] = {json.at("share"),      json.at("version"),         json.at("texts"),
                     json.at("violations"), json.at("foreign_crashes"), json.value("note", "")};
  }
  return figures;
}

void write_figures(const std::filesystem::path& file, const Figures& figures) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [name, campaign] : figures) {
    json[name] = {{"share", campaign.share},
                  {"version", campaign.version},
                  {"texts", campaign.texts},
                  {"violations", campaign.violations},
                  {"foreign_crashes", campaign.foreign_crashes}};
    if (!campaign.note.empty()) json[name]["note"] = campaign.note;
  }
  write_text(file, json.dump(1) + "\n");
}

std::string page_of(const std::string& text, const Figures& figures) {
  std::map<std::string, std::string> texts = fault_texts(figures);
  texts["runs"] = run_table(figures);
  texts["allocation table"] = allocation_table(figures);
  Counts violations, crashes;
  for (const auto& [name, campaign] : figures) {
    texts.insert(campaign.texts.begin(), campaign.texts.end());
    for (const auto& [what, count] : campaign.violations) violations[what] += count;
    for (const auto& [library, count] : campaign.foreign_crashes) crashes["`" + library + "`"] += count;
  }
  texts["violations"] = table_of(violations, "violation");
  texts["foreign crashes"] = table_of(crashes, "library");
  return filled(with_tests(text), texts);
}

}  // namespace velocal::test
