// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/last_table.hpp"

#include <algorithm>

namespace velocal {
namespace {

std::string name_of(const ChipRow& row) {
  return row.asic + "/" + row.label;
}

}  // namespace

LastTable::LastTable(const DetectorTable& table, const std::vector<CollectionRow>& collection) {
  for (const ChipRow& row : table.rows) rows_.emplace(name_of(row), row);
  for (const CollectionRow& row : collection) collection_.emplace(row.results + "," + row.label + ",", row);
}

bool LastTable::has_same(const ChipRow& row, const std::string& key) const {
  const auto last = rows_.find(name_of(row));
  if (row.sha256.empty()) return last == rows_.end() || last->second.sha256.empty();
  if (last == rows_.end() || last->second.sha256 != row.sha256) return false;
  if (last->second.state != ChipState::done) return true;
  return collection_.contains(key);
}

bool LastTable::has_all(std::span<const ChipRow> rows, std::span<const std::string> keys) const {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!has_same(rows[i], keys[i])) return false;
  }
  return true;
}

bool LastTable::keep(std::span<ChipRow> rows, std::span<const std::string> keys) const {
  std::vector<ChipRow> kept;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto last = rows_.find(name_of(rows[i]));
    if (last == rows_.end() || !has_same(last->second, keys[i])) return false;
    kept.push_back(last->second);
  }
  std::ranges::copy(kept, rows.begin());
  return true;
}

bool LastTable::fill(std::span<ChipRow> rows, std::span<const std::string> keys,
                     std::vector<CollectionRow>& collected) const {
  if (!has_all(rows, keys)) return false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].sha256.empty()) continue;
    rows[i] = rows_.at(name_of(rows[i]));
    if (rows[i].state == ChipState::done) collected.push_back(collection_.at(keys[i]));
  }
  return true;
}

}  // namespace velocal
