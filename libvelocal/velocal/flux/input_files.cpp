// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/input_files.hpp"

#include <filesystem>
#include <vector>

#include "velocal/core/is_missing.hpp"
#include "velocal/flux/archived_scan.hpp"
#include "velocal/scan/acquisition_quality.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/required_files.hpp"

namespace velocal {
namespace {

using Path = std::filesystem::path;

bool is_there(const Path& folder) {
  return !is_missing(folder);
}

void add_baseline(std::vector<InputFile>& files, const Dataset& dataset, const ScanSettings& scan) {
  if (scan.baseline_file) files.push_back({dataset.results_root / *scan.baseline_file, true});
  if (!scan.baseline_folder) return;
  const Path folder = dataset.data_root / *scan.baseline_folder;
  if (!is_there(folder)) return;
  files.push_back({baseline_path(folder, dataset.asic, scan.baseline_kind), true});
  files.push_back({baseline_width_path(folder, dataset.asic, scan.baseline_kind), true});
}

/// The fluxes that stand for acquisitions.
void add_fluxes(std::vector<InputFile>& files, const Dataset& dataset, const ScanSettings& scan, const Path& folder,
                bool contents) {
  if (!is_there(folder)) return;
  std::vector<std::string> names = flux_csv_names(dataset, scan);
  names.push_back(asic_csv_name(csv_quantity::asic_flux, dataset, scan));
  names.push_back(asic_csv_name(csv_quantity::asic_flux_error, dataset, scan));
  for (const std::string& name : names) files.push_back({folder / name, contents});
}

void add_acquisitions(std::vector<InputFile>& files, const Dataset& dataset, const ScanSettings& scan, bool contents) {
  const AcquisitionNames present = present_acquisitions(dataset, scan);
  for (const int threshold : scan.thresholds.values()) {
    for (int i = 0; i < scan.acquisitions.count; ++i) {
      const int number = scan.acquisitions.first + i;
      if (is_rejected(scan.reject, threshold, number)) continue;
      const Path usual = acquisition_path(dataset, scan, threshold, number);
      const std::string* const name = present.find(threshold, number);
      files.push_back({name == nullptr ? usual : usual.parent_path() / *name, contents, usual.filename().string()});
    }
  }
}

/// The archive by its size, and what lies in it by its contents.
std::string changed_archive(const Dataset& dataset, const ScanSettings& scan, const std::string& inputs,
                            bool contents) {
  const Path archive = scan_folder(dataset, scan);
  const std::vector<InputFile> file{{archive, false}};
  const std::string change = changed_files(file, inputs, 1);
  return change.empty() && contents ? changed_members(dataset, scan, inputs) : change;
}

}  // namespace

std::string changed_inputs(const Dataset& dataset, const ScanSettings& scan, const std::string& inputs,
                           const InputComparison& comparison, const Path& from_csv) {
  std::vector<InputFile> files;
  add_baseline(files, dataset, scan);
  if (from_csv.empty() && is_archive(scan_folder(dataset, scan))) {
    const std::string change = changed_archive(dataset, scan, inputs, comparison.contents);
    if (!change.empty()) return change;
  }
  const bool has_scan = is_there(scan_folder(dataset, scan));
  if (has_scan) files.push_back({mask_path(dataset, scan), true});
  if (!from_csv.empty()) {
    add_fluxes(files, dataset, scan, from_csv, comparison.contents);
  } else if (has_scan) {
    add_acquisitions(files, dataset, scan, comparison.contents);
  }
  return changed_files(files, inputs, comparison.threads);
}

}  // namespace velocal
