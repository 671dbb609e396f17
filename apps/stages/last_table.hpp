// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "velocal/calibration/detector.hpp"
#include "velocal/store/results_collection.hpp"

namespace velocal {

/// What velocal-detector made the last time, for the chips that have not changed since.
class LastTable {
 public:
  LastTable() = default;  ///< there was none
  /// The table, and the rows of the collection that was written with it.
  LastTable(const DetectorTable& table, const std::vector<CollectionRow>& collection);

  /// Gives the rows of a chip's scans their numbers, and adds its rows of the collection, which have these keys
  /// (collection_key()). False, and nothing is done: a result of the chip is another one now, or not in the table.
  bool fill(std::span<ChipRow> rows, std::span<const std::string> keys, std::vector<CollectionRow>& collected) const;

  /// Whether all rows are as they were, and the collection has those that are its own.
  bool has_all(std::span<const ChipRow> rows, std::span<const std::string> keys) const;

  /// Gives the rows of a chip's scans what they were, whatever its results are now. False, and nothing is done: they
  /// are not all in the table and the collection.
  bool keep(std::span<ChipRow> rows, std::span<const std::string> keys) const;

 private:
  bool has_same(const ChipRow& row, const std::string& key) const;

  std::map<std::string, ChipRow> rows_;              ///< by asic and label
  std::map<std::string, CollectionRow> collection_;  ///< by results and label
};

}  // namespace velocal
