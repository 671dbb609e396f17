// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "population.hpp"
#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/simulate/truth.hpp"

namespace velocal::test {

inline constexpr int lowest_threshold = 1480;
inline constexpr int highest_threshold = 1600;

/// The baseline of a pixel is known to this [DAC], as the mean of its noise is in an equalisation.
inline constexpr double baseline_error = 0.32;

/// What the pixels of one chip are drawn from, by first principles.
struct PhysicalSettings {
  double sigma_um = 5.0;   ///< width of the charge cloud after the whole thickness
  double noise = 4.5;      ///< [DAC] mean over the pixels, which scatter by 18 % but not below 1 DAC
  bool both_lines = true;  ///< of Fe-55; else its first one alone
  std::size_t pixels = 0;
  std::uint64_t photons = 10'000'000;  ///< drawn of each line
};

/// The scan that a chip is seen with: VELO's sensor, and Fe-55 with the lines that it was drawn from.
ScanSettings physical_scan(const PhysicalSettings& settings);

/// Pixels 0, 1, ... of a chip from first principles. They differ as those of a Population do; the photons absorbed a
/// second fall from 0.9 at the centre of the light to a tenth. The model's name is that of the physical curve.
class PhysicalChip {
 public:
  PhysicalChip(const PhysicalSettings& settings, std::uint64_t seed);

  const PhysicalSettings& settings() const { return settings_; }
  /// The measured baselines have the error that goes with them; so u(target) of the program counts just that.
  const Population& truth() const { return truth_; }
  /// A scan of the thresholds from `first` on, with the same live time at each.
  FluxCube scan(double live_time_s, int first = lowest_threshold) const;

 private:
  PhysicalSettings settings_;
  std::uint64_t seed_;
  Population truth_;
  std::vector<float> flux_;  ///< [T][256][256] hits/s from lowest_threshold on
};

}  // namespace velocal::test
