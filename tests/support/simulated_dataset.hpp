// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/descriptor/dataset.hpp"

namespace velocal::test {

/// A dataset of one simulated scan, `warm`: thresholds 1500, 1520, ..., 1600, acquisitions 0 and 1 of 32s760ms, all
/// else as SimulationSettings has it by default; last_column_mean 18.34765625, nothing planted. Data and results go
/// below `root`. Change what a test needs otherwise.
Dataset simulated_dataset(const std::filesystem::path& root);

}  // namespace velocal::test
