// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/dataset.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "velocal/core/error.hpp"

namespace velocal {

const ScanSettings& Dataset::scan(std::string_view label) const {
  const auto found = std::find_if(scans.begin(), scans.end(), [&](const auto& scan) { return scan.label == label; });
  if (found != scans.end()) return *found;
  std::vector<std::string_view> labels;
  for (const ScanSettings& scan : scans) labels.push_back(scan.label);
  throw UsageError(fmt::format("{} has no scan {:?}", name, label), fmt::format("it has {}", fmt::join(labels, ", ")));
}

}  // namespace velocal
