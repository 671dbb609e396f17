// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <vector>

namespace velocal::test {
namespace {

std::vector<std::string> split(const std::string& text, char end) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, end);) parts.push_back(part);
  return parts;
}

std::vector<std::string> rows_of(const Contents* table) {
  return table == nullptr ? std::vector<std::string>{} : split(table->bytes(), '\n');
}

std::string key_of_row(const std::string& row) {
  return row.substr(0, row.find(',', row.find(',') + 1));
}

}  // namespace

bool has_all_rows(const Contents& now, const Contents* before, const Contents* after) {
  std::map<std::string, std::set<std::string>> known;
  for (const Contents* table : {before, after}) {
    for (const std::string& row : rows_of(table)) known[key_of_row(row)].insert(row);
  }
  std::set<std::string> found;
  for (const std::string& row : rows_of(&now)) {
    if (!known[key_of_row(row)].contains(row)) return false;
    found.insert(key_of_row(row));
  }
  return std::ranges::all_of(rows_of(before), [&](const auto& row) { return found.contains(key_of_row(row)); });
}

bool has_all_lines(const Contents& now, const Contents* before, const Contents* after) {
  const auto as_many = [&](const Contents* known) {
    return known != nullptr && rows_of(known).size() == rows_of(&now).size();
  };
  return now.bytes().ends_with('\n') && (as_many(before) || as_many(after));
}

bool has_true_cells(const Contents& now, const Contents* before, const Contents* after,
                    const std::function<bool(const std::string& row)>& names_fault) {
  std::map<std::pair<std::string, std::size_t>, std::set<std::string>> known;
  for (const Contents* table : {before, after}) {
    for (const std::string& row : rows_of(table)) {
      const std::vector<std::string> cells = split(row, ',');
      for (std::size_t i = 0; i < cells.size(); ++i) known[{key_of_row(row), i}].insert(cells[i]);
    }
  }
  return std::ranges::all_of(rows_of(&now), [&](const std::string& row) {
    const std::vector<std::string> cells = split(row, ',');
    const auto is_true = [&](const std::string& cell) {
      const auto place = static_cast<std::size_t>(&cell - cells.data());
      return cell.empty() || cell == "nan" || known[{key_of_row(row), place}].contains(cell);
    };
    return names_fault(row) || std::ranges::all_of(cells, is_true);
  });
}

}  // namespace velocal::test
