// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shell/report.hpp"
#include "stages/truth_comparison.hpp"
#include "velocal/calibration/systematics.hpp"

namespace velocal {

struct ComparedDataset {
  std::string name;
  std::size_t pixels;  ///< pixels behind the mean K; with few of them a difference means little
  std::optional<TruthDifference> off_truth = {};  ///< of a simulated scan
};

/// The gains of all datasets, the reference first, their differences, and the distance to the design; of a simulated
/// scan also how far target and gain are from the truth.
Report compare_report(std::string_view title, const std::vector<ComparedDataset>& datasets,
                      const Systematics& systematics);

}  // namespace velocal
