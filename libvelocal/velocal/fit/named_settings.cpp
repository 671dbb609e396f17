// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/named_settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/descriptor/setting_tables.hpp"
#include "velocal/fit/fit_vocabulary.hpp"

namespace velocal {

std::vector<NamedSetting> named_settings(const FitSettings& settings) {
  std::vector<NamedSetting> named;
  for (const Setting<FitSettings>& row : fit_settings_table()) named.emplace_back(row.key, row.member.get(settings));
  return named;
}

void set_named(FitSettings& settings, std::string_view name, const std::string& text) {
  const auto table = fit_settings_table();
  const auto row = std::ranges::find(table, name, &Setting<FitSettings>::key);
  if (row != table.end()) {
    row->member.set(settings, parse_setting(row->domain, text, fit_vocabulary(), name, row->option_values));
    return;
  }
  std::vector<std::string_view> names;
  for (const Setting<FitSettings>& each : table) names.push_back(each.key);
  throw UsageError(fmt::format("unknown setting \"{}\" of a fit", name),
                   fmt::format("there are {}", fmt::join(names, ", ")), did_you_mean(name, names));
}

}  // namespace velocal
