// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of docs/descriptor.md have the keys, values and defaults that the program has.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <charconv>
#include <cmath>
#include <sstream>

#include "descriptor/physics_models.hpp"
#include "support/files.hpp"
#include "support/other_values.hpp"
#include "support/source_tree.hpp"
#include "velocal/descriptor/setting_tables.hpp"

using namespace velocal;

namespace {

/// Key, values and default of a documented or a programmed setting.
struct Line {
  std::string key;
  std::string values;
  std::string usual;
  bool operator==(const Line&) const = default;
};
using Lines = std::vector<Line>;

std::ostream& operator<<(std::ostream& out, const Line& line) {
  return out << "\n  " << line.key << " | " << line.values << " | " << line.usual;
}

/// Without the marks of code; numbers in one notation.
std::string plain(std::string text) {
  std::erase(text, '`');
  for (auto at = text.find("≥"); at != text.npos; at = text.find("≥")) text.replace(at, 3, ">=");
  double number = 0.0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && rest == end ? fmt::format("{}", number) : text;
}

/// The rows of the table below that heading.
Lines documented(const std::string& heading) {
  std::istringstream page(test::read_text(test::source_tree() / "docs" / "descriptor.md"));
  Lines lines;
  std::string line;
  while (std::getline(page, line) && line != heading) {
  }
  while (std::getline(page, line) && !line.starts_with("#")) {
    if (!line.starts_with("| `")) continue;
    std::istringstream row(line.substr(2));
    Line cells;
    for (std::string* cell : {&cells.key, &cells.values, &cells.usual}) {
      std::getline(row, *cell, '|');
      *cell = plain(cell->substr(0, cell->find_last_not_of(' ') + 1));
      row.ignore(1);
    }
    lines.push_back(cells);
  }
  return lines;
}

/// Models have a page of their own, which names them.
std::string values_of(const SettingDomain& domain) {
  const auto* one = std::get_if<OneOf>(&domain);
  return one != nullptr && one->what == "flux model" ? "name of a flux model"
                                                     : allowed_values(domain, test::physics_models);
}

/// As the manual writes it: no value is a dash, no names are "none", and what a key needs is "required".
template <class Section>
std::string default_of(const Setting<Section>& row) {
  const std::string text = plain(test::text_of(row.default_value()));
  if (std::holds_alternative<NameList>(row.domain)) return text.empty() ? "none" : text;
  if (std::holds_alternative<PathText>(row.domain)) return row.key == "folder" ? "required" : "–";
  if (std::holds_alternative<DacRange>(row.domain)) return text.empty() ? "all" : text;
  const auto* number = std::get_if<Number>(&row.domain);
  if (number == nullptr || number->or_auto) return text;
  if (text == "auto") return "–";
  return std::isfinite(std::stod(text)) && number->rule.holds(std::stod(text)) ? text : "required";
}

template <class Section>
void add(Lines& lines, std::span<const Setting<Section>> table, const std::string& before = {}) {
  for (const Setting<Section>& row : table) {
    lines.push_back({before + std::string(row.key), values_of(row.domain), default_of(row)});
  }
}

void add_spreads(Lines& lines) {
  const SimulationSettings usual;
  for (const SpreadSetting& row : simulation_spreads()) {
    const Spread spread = usual.*row.member;
    lines.push_back({fmt::format("{}.mean", row.key), std::string(row.mean.words), fmt::format("{}", spread.mean)});
    lines.push_back({fmt::format("{}.spread", row.key), "a number >= 0", fmt::format("{}", spread.spread)});
  }
}

}  // namespace

TEST_CASE("the manual's table of the section fit is the program's") {
  Lines expected;
  add(expected, fit_settings_table());
  CHECK(documented("### `fit`") == expected);
}

TEST_CASE("the manual's table of the section source is the program's") {
  Lines expected;
  add(expected, source_table());
  add(expected, line_table());
  CHECK(documented("### `source`") == expected);
}

TEST_CASE("the manual's table of the section noise is the program's") {
  Lines expected;
  add(expected, noise_table());
  CHECK(documented("### `noise`") == expected);
}

TEST_CASE("the manual's table of the section sensor is the program's") {
  Lines expected;
  add(expected, sensor_table());
  CHECK(documented("### `sensor`") == expected);
}

TEST_CASE("the manual's table of the section allow is the program's") {
  Lines expected;
  add(expected, allow_table());
  CHECK(documented("### `allow`") == expected);
}

TEST_CASE("the manual's table of the section simulation is the program's") {
  Lines expected;
  add(expected, physics_table(), "physics.");
  add(expected, spot_table(), "spot.");
  add(expected, chip_spreads_table(), "chips.");
  add_spreads(expected);
  add(expected, simulation_table());
  expected.push_back({"empty", "list of {threshold: …, acquisition: …}", "none"});
  expected.push_back({"bad", "likewise", "none"});
  expected.push_back({"glitch", "likewise", "none"});
  CHECK(documented("### `simulation`") == expected);
}
