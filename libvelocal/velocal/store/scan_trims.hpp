// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/noise/trim_steps.hpp"

namespace velocal {

/// The noise baseline that knows a scan's trims: the file that the scan names, else that of the dataset's own noise
/// scans where it has been made. Empty: there is none.
std::filesystem::path scan_trims_file(const Dataset& dataset, const ScanSettings& scan);

/// Its trims; empty where there is none. Throws InputError as read_measured_baseline() does.
std::optional<TrimSteps> read_scan_trims(const Dataset& dataset, const ScanSettings& scan);

}  // namespace velocal
