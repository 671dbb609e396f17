// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/scan_settings.hpp"

namespace velocal {

std::vector<int> ThresholdRange::values() const {
  if (!listed.empty()) return listed;
  std::vector<int> thresholds(static_cast<std::size_t>(count()));
  for (std::size_t i = 0; i < thresholds.size(); ++i) thresholds[i] = from + static_cast<int>(i) * step;
  return thresholds;
}

}  // namespace velocal
