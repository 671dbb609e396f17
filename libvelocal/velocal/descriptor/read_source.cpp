// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/read_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "velocal/core/near_miss.hpp"
#include "velocal/descriptor/read_settings.hpp"
#include "velocal/descriptor/setting_tables.hpp"

namespace velocal {
namespace {

EmittedLine read_line(const Field& field) {
  EmittedLine line;
  read_section(field, line_table(), line);
  const Section section(field, {"energy_eV", "intensity", "attenuation_um"});
  section.get("energy_eV");
  section.get("intensity");
  return line;
}

/// The second key has no meaning beside the first.
void refuse_both(const Section& section, std::string_view first, std::string_view second) {
  const auto field = section.find(second);
  if (!section.find(first) || !field) return;
  fail_at(field->node().key_place, field->path(), fmt::format("cannot stand beside {}", first),
          "Leave out one of them");
}

void require_known(const Field& field, const Vocabulary& vocabulary) {
  const std::vector<std::string>& known = vocabulary.sources;
  if (known.empty() || std::ranges::count(known, field.text()) > 0) return;
  const std::vector<std::string_view> words(known.begin(), known.end());
  const std::string near = did_you_mean(field.text(), words);
  field.reject(fmt::format("a built-in source ({})", fmt::join(known, ", ")),
               near.empty() ? "Give the lines of another: lines: [{energy_eV: ..., intensity: ...}]" : near);
}

}  // namespace

Source read_source(const Field& field, const Vocabulary& vocabulary) {
  std::vector<std::string_view> keys{"lines"};
  add_keys(keys, source_table());
  const Section section(field, keys);
  Source source;
  read_settings(section, source_table(), source);
  const auto lines = section.find("lines");
  if (lines) {
    for (const Field& line : lines->items()) source.lines.push_back(read_line(line));
    if (source.lines.empty()) lines->reject("a list of at least one line");
  }
  refuse_both(section, "lines", "photon_energy_eV");
  refuse_both(section, "temperature_C", "pair_energy_eV");
  refuse_both(section, "temperature_C", "pair_energy_uncertainty_eV");
  const auto name = section.find("name");
  if (name && source.lines.empty() && !source.photon_energy_eV) require_known(*name, vocabulary);
  return source;
}

}  // namespace velocal
