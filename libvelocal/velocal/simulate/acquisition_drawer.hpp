// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/scan/counts_parser.hpp"
#include "velocal/simulate/truth.hpp"

namespace velocal {

/// Draws the acquisitions of one scan: Poisson counts around shutter time * (flux + background), 0 in masked pixels,
/// and the planted faults of the scan's `simulation` section. The flux is that of F1_0, or with `physics` in the truth
/// the one of drawn photons. A drawn acquisition depends on the truth, its seed, the
/// scan's label, the threshold and the acquisition's number only; one object serves all threads.
class AcquisitionDrawer {
 public:
  /// Tabulates the expectation of all pixels and thresholds (32 MB for 121 thresholds); photons take about a second.
  /// `threads` <= 0: all. Scan and truth have to live as long. Throws DescriptorError when a planted `bad` acquisition
  /// cannot be made: the scan has no last_column_mean, or no whole numbers of hits in the live pixels of the last
  /// column come within 0.01 of it.
  AcquisitionDrawer(const ScanSettings& scan, const Truth& truth, int threads = 0);

  /// `threshold_index` counts the scan's thresholds from 0, `acquisition` is the number in the file's name.
  PixelCounts draw(std::size_t threshold_index, int acquisition) const;

 private:
  void draw_counts(std::size_t threshold_index, int acquisition, PixelCounts& counts) const;

  const ScanSettings& scan_;
  const Truth& truth_;
  std::vector<int> threshold_;
  std::vector<float> flux_;                ///< [T][256][256] hits/s
  std::vector<std::uint32_t> bad_column_;  ///< [256] hits of the last column in a bad acquisition; empty: none planted
};

}  // namespace velocal
