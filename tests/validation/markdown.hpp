// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

namespace velocal::test {

using Cells = std::vector<std::string>;

/// A row of a table.
inline std::string row(const Cells& cells) {
  return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

/// The first `labels` columns are text, the rest numbers.
inline std::string head(const Cells& cells, std::size_t labels) {
  Cells rule(cells.size(), "---:");
  std::fill_n(rule.begin(), labels, "---");
  return row(cells) + row(rule);
}

inline Cells concat(Cells first, const Cells& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

inline std::string without_last_break(std::string text) {
  text.pop_back();
  return text;
}

}  // namespace velocal::test
