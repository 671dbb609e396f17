// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/curve_sample.hpp"

#include <algorithm>

namespace velocal {

std::vector<std::size_t> spread_sample(const Curves& curves, std::size_t most) {
  std::vector<std::size_t> taken;
  for (std::size_t curve = 0; curve < curves.size(); ++curve) {
    if (curves.skipped_for(curve) == StatusReason::none) taken.push_back(curve);
  }
  std::vector<std::size_t> sample;
  const std::size_t count = std::min(most, taken.size());
  for (std::size_t i = 0; i < count; ++i) sample.push_back(taken[i * taken.size() / count]);
  return sample;
}

}  // namespace velocal
