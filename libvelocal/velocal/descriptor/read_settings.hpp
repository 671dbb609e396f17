// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "velocal/descriptor/fields.hpp"
#include "velocal/descriptor/setting.hpp"

namespace velocal {

/// The field's value. Throws DescriptorError when it is none of the domain.
SettingValue read_value(const Field& field, const SettingDomain& domain, const Vocabulary& vocabulary);

/// Reads those of the table's settings that the section has; the others stay as they are. Throws DescriptorError.
template <class Settings>
void read_settings(const Section& section, std::span<const Setting<Settings>> table, Settings& settings,
                   const Vocabulary& vocabulary = {}) {
  for (const Setting<Settings>& row : table) {
    if (const auto field = section.find(row.key)) row.member.set(settings, read_value(*field, row.domain, vocabulary));
  }
}

/// Appends the keys of the table.
template <class Row>
void add_keys(std::vector<std::string_view>& keys, std::span<const Row> table) {
  for (const Row& row : table) keys.push_back(row.key);
}

/// Reads a section that has the table's settings and nothing else, into what is there already.
template <class Settings>
void read_section(const Field& field, std::span<const Setting<Settings>> table, Settings& settings,
                  const Vocabulary& vocabulary = {}) {
  std::vector<std::string_view> keys;
  add_keys(keys, table);
  read_settings(Section(field, keys), table, settings, vocabulary);
}

}  // namespace velocal
