// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/calibration/chip_numbers.hpp"

namespace velocal {

/// How the result of a chip's scan stands. In files these are numbers, which keep their meaning.
enum class ChipState { done, no_gain, missing, stale, unreadable, skipped };
inline constexpr std::array<std::string_view, 6> chip_state_names{"done",  "no gain",    "missing",
                                                                  "stale", "unreadable", "skipped"};
inline std::string_view to_string(ChipState state) {
  return chip_state_names[static_cast<std::size_t>(state)];
}

/// One chip and scan.
struct ChipRow {
  std::string asic;
  std::string label;
  ChipState state = ChipState::missing;
  std::string reason = {};  ///< of a state that is not `done`
  ChipValues values = {};   ///< NaN where there is no result
  std::string sha256 = {};  ///< of its matrices.h5; empty: it was not read
};

/// The chips of a descriptor, and their scans.
struct DetectorTable {
  std::vector<std::string> labels;  ///< of the scans; the first is the reference of the others
  std::vector<ChipRow> rows;        ///< chip by chip in the descriptor's order, each with its labels in theirs

  std::size_t chips() const { return labels.empty() ? 0 : rows.size() / labels.size(); }
  const ChipRow& row(std::size_t chip, std::size_t label) const { return rows[chip * labels.size() + label]; }
};

/// A chip whose value is far from that of the others.
struct ChipOutlier {
  std::size_t quantity = 0;  ///< index into chip_quantities
  std::size_t row = 0;       ///< of the table
  double median = undefined;
  double distance = undefined;  ///< value less median, over the scale: beyond outlier_limit
};

/// All that velocal-detector makes of the chips of a descriptor.
struct Detector {
  DetectorTable table;
  std::vector<ChipOutlier> outliers;  ///< find_outliers() of the table
};

/// Median and scatter of values that are finite.
struct RobustScatter {
  std::size_t count = 0;
  double median = undefined;
  /// Rousseeuw's and Croux's Qn, of normal values their standard deviation: from the distances of all pairs, about the
  /// quarter that is smallest. Nearly half of the values may be wrong. Undefined of fewer than two.
  double scatter = undefined;
};
RobustScatter robust_scatter(std::span<const double> values);

/// So many times the scale a value may lie from the median.
inline constexpr double outlier_limit = 5.0;

/// The outliers of each quantity, label by label (docs/how-to/many-chips.md, "Outliers"): values further from the
/// median over the chips than outlier_limit times the scale. That is the largest of the scatter, the value's error,
/// and what makes the limit the least distance of the quantity. Fewer than six values have no outliers. In the order of
/// quantities, labels and chips.
std::vector<ChipOutlier> find_outliers(const DetectorTable& table);

}  // namespace velocal
