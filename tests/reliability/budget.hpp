// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace velocal::test {

/// How much is done: a share of the long run, drawn with a seed.
struct Budget {
  double share = 1.0;
  std::uint64_t seed = 1;
  double seconds = std::numeric_limits<double>::infinity();  ///< then nothing more is begun: a slow machine tries less

  std::size_t of(double whole) const { return static_cast<std::size_t>(std::ceil(whole * share)); }
  /// Different for each campaign.
  std::mt19937_64 random(std::uint64_t campaign) const { return std::mt19937_64(seed * 1000003 + campaign); }

  /// As many of the list as the share says, but not less than `least`, drawn.
  template <class List>
  void draw_from(List& list, std::uint64_t campaign, std::size_t least = 0) const {
    auto engine = random(campaign);
    std::shuffle(list.begin(), list.end(), engine);
    list.resize(std::min(list.size(), std::max(least, of(static_cast<double>(list.size())))));
  }
};

}  // namespace velocal::test
