// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/descriptor/dataset.hpp"

namespace velocal {

/// One chip of a descriptor.
struct ChipDataset {
  Dataset dataset;      ///< as any dataset of one chip
  std::string skipped;  ///< why the chip is left out; empty: it is not
};

/// What a descriptor describes: one chip (`asic`), or many that are analysed in one way (`asics`).
struct DatasetOfChips {
  std::string name;
  bool has_many = false;           ///< the descriptor has `asics`, be it of one chip only
  std::vector<ChipDataset> chips;  ///< in the descriptor's order, one or more, each once

  const ChipDataset* find(std::string_view asic) const;  ///< null: there is none
  /// The chip of that name. Throws UsageError with the name that is near.
  const ChipDataset& chip(std::string_view asic) const;
  /// Those that one of the patterns fits, in the descriptor's order, each once; without patterns all. Patterns have
  /// ranges `{0..3}`, and `*` and `?` as in a shell. Throws UsageError for one that fits no chip, and for one that is
  /// wrong (expand_chip_pattern()).
  std::vector<const ChipDataset*> matching(const std::vector<std::string>& patterns) const;
};

}  // namespace velocal
