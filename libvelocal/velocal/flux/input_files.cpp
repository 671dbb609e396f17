// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/input_files.hpp"

#include <filesystem>
#include <system_error>
#include <vector>

#include "velocal/scan/acquisition_quality.hpp"
#include "velocal/scan/file_naming.hpp"

namespace velocal {
namespace {

using Path = std::filesystem::path;

void add_baseline(std::vector<InputFile>& files, const Dataset& dataset, const ScanSettings& scan) {
  std::error_code ignored;
  if (scan.baseline_file) files.push_back({dataset.results_root / *scan.baseline_file, true});
  if (!scan.baseline_folder) return;
  const Path folder = dataset.data_root / *scan.baseline_folder;
  if (!std::filesystem::is_directory(folder, ignored)) return;
  files.push_back({baseline_path(folder, dataset.asic, scan.baseline_kind), true});
  files.push_back({baseline_width_path(folder, dataset.asic, scan.baseline_kind), true});
}

void add_acquisitions(std::vector<InputFile>& files, const Dataset& dataset, const ScanSettings& scan, bool contents) {
  for (const int threshold : scan.thresholds.values()) {
    for (int i = 0; i < scan.acquisitions.count; ++i) {
      const int number = scan.acquisitions.first + i;
      if (is_rejected(scan.reject, threshold, number)) continue;
      files.push_back({acquisition_path(dataset, scan, threshold, number), contents});
    }
  }
}

}  // namespace

std::string changed_inputs(const Dataset& dataset, const ScanSettings& scan, const std::string& inputs,
                           const InputComparison& comparison) {
  std::vector<InputFile> files;
  add_baseline(files, dataset, scan);
  std::error_code ignored;
  if (std::filesystem::is_directory(scan_folder(dataset, scan), ignored)) {
    files.push_back({mask_path(dataset, scan), true});
    add_acquisitions(files, dataset, scan, comparison.contents);
  }
  return changed_files(files, inputs, comparison.threads);
}

}  // namespace velocal
