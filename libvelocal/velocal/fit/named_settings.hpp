// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "velocal/descriptor/fit_settings.hpp"

namespace velocal {

// The settings of a fit by their names in descriptors (docs/descriptor.md, "fit"), for those who take them as text.

/// A setting as it is written: a word, name or list of names, a number (NaN: `auto`), true or false. A range is
/// "1490..1600", and "" where there is none.
using NamedSetting = std::pair<std::string, std::variant<std::string, double, int, bool>>;

/// All of them, in the order of the descriptor's page.
std::vector<NamedSetting> named_settings(const FitSettings& settings);

/// Sets one from text. Throws UsageError when there is no such setting, or the text is no value of it; the settings are
/// then as they were.
void set_named(FitSettings& settings, std::string_view name, const std::string& text);

}  // namespace velocal
