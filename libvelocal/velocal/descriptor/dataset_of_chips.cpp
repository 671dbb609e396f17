// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/dataset_of_chips.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/descriptor/chip_names.hpp"

namespace velocal {
namespace {

[[noreturn]] void throw_no_chip(const DatasetOfChips& dataset, std::string_view pattern) {
  std::vector<std::string_view> names;
  for (const ChipDataset& chip : dataset.chips) names.push_back(chip.dataset.asic);
  const std::string there = names.size() == 1
                                ? fmt::format("there is {}", names.front())
                                : fmt::format("there are {}: {} to {}", names.size(), names.front(), names.back());
  throw UsageError(fmt::format("no chip of {} is called {:?}", dataset.name, pattern), there,
                   did_you_mean(pattern, names));
}

}  // namespace

const ChipDataset* DatasetOfChips::find(std::string_view asic) const {
  const auto found = std::ranges::find(chips, asic, [](const ChipDataset& each) { return each.dataset.asic; });
  return found == chips.end() ? nullptr : &*found;
}

const ChipDataset& DatasetOfChips::chip(std::string_view asic) const {
  const ChipDataset* found = find(asic);
  if (found == nullptr) throw_no_chip(*this, asic);
  return *found;
}

std::vector<const ChipDataset*> DatasetOfChips::matching(const std::vector<std::string>& patterns) const {
  std::vector<bool> wanted(chips.size(), patterns.empty());
  for (const std::string& pattern : patterns) {
    bool found = false;
    for (const std::string& fitting : expand_chip_pattern(pattern)) {
      for (std::size_t i = 0; i < chips.size(); ++i) {
        if (!fits_chip_pattern(fitting, chips[i].dataset.asic)) continue;
        wanted[i] = found = true;
      }
    }
    if (!found) throw_no_chip(*this, pattern);
  }
  std::vector<const ChipDataset*> chosen;
  for (std::size_t i = 0; i < chips.size(); ++i) {
    if (wanted[i]) chosen.push_back(&chips[i]);
  }
  return chosen;
}

}  // namespace velocal
