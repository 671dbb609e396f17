// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/thresholds_group.hpp"

#include <algorithm>
#include <cstdint>

#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/parts/nexus.hpp"

namespace velocal {

void write_thresholds(const H5::Group& root, const ThresholdReport& report) {
  const H5::Group group = create_group(root, "thresholds");
  const std::size_t count = report.threshold.size();
  const std::vector<std::int32_t> threshold(report.threshold.begin(), report.threshold.end());
  std::vector<std::uint8_t> use;
  for (const ThresholdUse each : report.use) use.push_back(static_cast<std::uint8_t>(each));
  label(write_values(group, "threshold", {count}, threshold), {"DAC", "threshold"});
  const H5::DataSet stored = write_values(group, "use", {count}, use);
  label(stored, {"", "part in the fits: index into the attribute names"});
  write_texts_attribute(stored, "names", {threshold_use_names.begin(), threshold_use_names.end()});
  label(write_values(group, "dropped", {count}, report.dropped), {"", "pixels whose own fit left it out"});
}

ThresholdReport read_thresholds(const H5::Group& root) {
  if (!has_member(root, "thresholds")) return {};
  const H5::Group group = open_group(root, "thresholds");
  const auto threshold = read_values<std::int32_t>(group, "threshold", {any_length});
  ThresholdReport report{{threshold.begin(), threshold.end()}, {}, {}};
  for (const std::uint8_t use : read_values<std::uint8_t>(group, "use", {threshold.size()})) {
    if (use >= threshold_use_names.size()) throw Hdf5Problem("/thresholds/use", "it holds a number that means nothing");
    report.use.push_back(static_cast<ThresholdUse>(use));
  }
  report.dropped = read_values<std::uint32_t>(group, "dropped", {threshold.size()});
  return report;
}

}  // namespace velocal
