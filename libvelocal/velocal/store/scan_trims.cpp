// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/scan_trims.hpp"

#include "velocal/core/is_missing.hpp"
#include "velocal/store/measured_baseline_file.hpp"
#include "velocal/store/result_paths.hpp"

namespace velocal {

std::filesystem::path scan_trims_file(const Dataset& dataset, const ScanSettings& scan) {
  if (scan.baseline_file) return dataset.results_root / *scan.baseline_file;
  const std::filesystem::path own = ResultPaths(dataset, scan.label).baseline();
  return dataset.noise && !is_missing(own) ? own : std::filesystem::path();
}

std::optional<TrimSteps> read_scan_trims(const Dataset& dataset, const ScanSettings& scan) {
  const std::filesystem::path file = scan_trims_file(dataset, scan);
  if (file.empty()) return {};
  return trim_steps(read_measured_baseline(file, dataset.asic).value);
}

}  // namespace velocal
