// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/core/progress.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/simulate/truth.hpp"

namespace velocal {

/// Draws every acquisition of the scan from the truth and writes the real files below dataset.data_root: the counts,
/// the mask, and the baseline with its width. Each file depends on the truth, the seed, its threshold and its
/// acquisition only, so the number of threads (<= 0: all) does not matter.
/// Throws OutputError when a file cannot be written; what was written of this scan is then removed.
void simulate_scan(const Dataset& dataset, const ScanSettings& scan, const Truth& truth, int threads = 0,
                   Progress& progress = no_progress());

/// Whether any file is there that simulate_scan() would overwrite: in the scan's folder, and of the noise baseline,
/// whose folder other scans may share.
bool scan_exists(const Dataset& dataset, const ScanSettings& scan);
bool baseline_exists(const Dataset& dataset, const ScanSettings& scan);

/// The first file that simulate_scan() would write and that is not there; empty: all are.
std::filesystem::path missing_file(const Dataset& dataset, const ScanSettings& scan);

}  // namespace velocal
