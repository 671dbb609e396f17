// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace velocal {

/// Sums over points.
struct ResidualSums {
  double live_time_s = 0.0;
  double expected = 0.0;  ///< counts
  double excess = 0.0;    ///< counts less those expected

  void operator+=(const ResidualSums& other) {
    live_time_s += other.live_time_s;
    expected += other.expected;
    excess += other.excess;
  }
};

/// Such sums in bins of 1 DAC over the distance from the line, from -reach to reach; what is beyond is left out.
class ResidualBins {
 public:
  /// `reach` >= 0: a whole number of DAC.
  explicit ResidualBins(double reach) : reach_(reach), sums_(2 * static_cast<std::size_t>(reach) + 1) {}

  void add(double distance, const ResidualSums& point) {
    const double place = distance + reach_ + 0.5;  // its whole part is the bin's number
    if (place >= 0.0 && place < static_cast<double>(sums_.size())) sums_[static_cast<std::size_t>(place)] += point;
  }
  void operator+=(const ResidualBins& other) {
    for (std::size_t bin = 0; bin < sums_.size(); ++bin) sums_[bin] += other.sums_[bin];
  }

  std::size_t size() const { return sums_.size(); }
  double middle(std::size_t bin) const { return static_cast<double>(bin) - reach_; }
  const ResidualSums& operator[](std::size_t bin) const { return sums_[bin]; }

 private:
  double reach_;
  std::vector<ResidualSums> sums_;
};

}  // namespace velocal
