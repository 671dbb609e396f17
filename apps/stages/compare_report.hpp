// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "shell/report.hpp"
#include "velocal/calibration/systematics.hpp"

namespace velocal {

struct ComparedDataset {
  std::string name;
  std::size_t pixels;  ///< pixels behind the mean K; with few of them a difference means little
};

/// The gains of all datasets, the reference first, their differences, and the distance to the design.
Report compare_report(std::string_view title, const std::vector<ComparedDataset>& datasets,
                      const Systematics& systematics);

}  // namespace velocal
