// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/calibration/detector.hpp"

namespace velocal {

/// The chips of a descriptor with what pictures show of them. A view: both must live as long.
struct PlottedDetector {
  std::string title;  ///< name of the descriptor, with a group behind it
  const DetectorTable* table = nullptr;
  const std::vector<ChipOutlier>* outliers = nullptr;

  /// Whether the row is an outlier in this quantity.
  bool is_outlier(std::size_t quantity, std::size_t row) const {
    for (const ChipOutlier& outlier : *outliers) {
      if (outlier.quantity == quantity && outlier.row == row) return true;
    }
    return false;
  }
};

}  // namespace velocal
