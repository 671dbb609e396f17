// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/read_overrides.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/descriptor/chip_names.hpp"
#include "velocal/descriptor/extends.hpp"

namespace velocal {
namespace {

/// Stars choose among chips that are known; here they are made known.
std::vector<std::string> names_of(const Field& pattern) try {
  const std::string& text = pattern.node().scalar;
  if (text.find_first_of("*?") != text.npos) {
    throw UsageError(fmt::format("{:?} names no chip: of patterns only ranges such as {{0..3}} may stand here", text));
  }
  return expand_chip_pattern(text);
} catch (const UsageError& error) {
  fail_at(pattern.node().place, pattern.path(), error.what());
}

/// The entry of the chip below `overrides`; null: there is none.
const YamlNode* entry_of(const YamlNode& root, const std::string& chip) {
  const YamlNode* overrides = root.find("overrides");
  return overrides == nullptr ? nullptr : overrides->find(chip);
}

std::vector<std::string_view> labels_of(const YamlNode& root) {
  std::vector<std::string_view> labels;
  const YamlNode* scans = root.find("scans");
  if (scans == nullptr) return labels;
  for (const YamlNode& scan : scans->children) {
    if (scan.label() != nullptr) labels.push_back(scan.label()->scalar);
  }
  return labels;
}

/// Merging would make a scan of its own of one with another label, and hide one that stands twice.
void require_known_scans(const Field& scans, const std::vector<std::string_view>& labels) {
  std::vector<std::string> seen;
  for (const Field& scan : scans.items()) {
    const std::string label =
        Section(scan, {"label", "folder", "shutter", "acquisitions", "thresholds", "reject", "counter", "baseline",
                       "initial", "initial_baseline", "simulation", "source"})
            .get("label", "it says which scan is meant")
            .text();
    const Place& place = scan.node().find("label")->place;
    if (std::ranges::count(labels, label) == 0) {
      fail_at(place, scan.path() + ".label", fmt::format("there is no scan {:?}", label),
              fmt::format("Labels are {}", fmt::join(labels, ", ")));
    }
    if (std::ranges::count(seen, label) > 0) fail_at(place, scan.path() + ".label", "the label stands already above");
    seen.push_back(label);
  }
}

void check_entry(const Field& entry, const std::vector<std::string_view>& labels) {
  const Section section(entry, {"skip", "data", "noise", "scans"});
  if (const auto skip = section.find("skip")) skip->text();
  if (const auto scans = section.find("scans")) require_known_scans(*scans, labels);
}

/// The entries of a map by chip. Throws DescriptorError for a chip that the descriptor lacks.
std::vector<Field> entries_by_chip(const YamlNode& root, const std::string& key,
                                   const std::vector<std::string_view>& chips) {
  const YamlNode* map = root.find(key);
  if (map == nullptr) return {};
  std::vector<Field> entries = Field(*map, key).entries();
  for (const Field& entry : entries) {
    const std::string& chip = entry.node().key;
    if (std::ranges::count(chips, chip) > 0) continue;
    fail_at(entry.node().key_place, entry.path(), "no chip of asics is called so", did_you_mean(chip, chips));
  }
  return entries;
}

ChipFault read_fault(const Field& field) {
  const auto words = setting_words<ChipFault>();
  return static_cast<ChipFault>(field.one_of(words));
}

YamlNode without(YamlNode map, const std::vector<std::string_view>& keys) {
  std::erase_if(map.children, [&](const YamlNode& child) { return std::ranges::count(keys, child.key) > 0; });
  return map;
}

}  // namespace

void require_chip_name(const Field& field, const std::string& name) {
  const std::size_t separator = name.find('_');
  if (separator == 0 || separator >= name.size() - 1) field.reject("<module>_<velopix>, such as Module0_VP3-1");
}

std::vector<std::string> read_chip_names(const Field& asics) {
  std::vector<std::string> chips;
  std::unordered_set<std::string> seen;
  for (const Field& item : asics.items()) {
    item.folder_name();
    for (std::string& chip : names_of(item)) {
      require_chip_name(item, chip);
      if (!seen.insert(chip).second) item.fail(fmt::format("the chip {} stands here twice", chip));
      chips.push_back(std::move(chip));
    }
    if (chips.size() > most_chips) item.fail(fmt::format("more than {} chips", most_chips));
  }
  if (chips.empty()) asics.reject("a list of at least one chip");
  return chips;
}

ChipOverrides::ChipOverrides(const YamlNode& root, std::span<const std::string> chips)
    : root_(root), common_(without(root, {"asics", "overrides", "faults"})) {
  const std::vector<std::string_view> names(chips.begin(), chips.end());
  const std::vector<std::string_view> labels = labels_of(root);
  for (const Field& entry : entries_by_chip(root, "overrides", names)) check_entry(entry, labels);
  for (const Field& entry : entries_by_chip(root, "faults", names)) read_fault(entry);
}

YamlNode ChipOverrides::descriptor_of(const std::string& chip) const {
  const YamlNode* entry = entry_of(root_, chip);
  return entry == nullptr ? common_ : merge(common_, without(*entry, {"skip"}));
}

std::string ChipOverrides::skipped(const std::string& chip) const {
  const YamlNode* entry = entry_of(root_, chip);
  const YamlNode* skip = entry == nullptr ? nullptr : entry->find("skip");
  return skip == nullptr ? std::string() : skip->scalar;
}

ChipFault ChipOverrides::fault(const std::string& chip) const {
  const YamlNode* faults = root_.find("faults");
  const YamlNode* entry = faults == nullptr ? nullptr : faults->find(chip);
  return entry == nullptr ? ChipFault::none : read_fault(Field(*entry, "faults." + chip));
}

}  // namespace velocal
