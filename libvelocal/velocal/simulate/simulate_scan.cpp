// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/simulate_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/simulate/acquisition_drawer.hpp"
#include "velocal/simulate/matrix_writer.hpp"

namespace velocal {
namespace {

using Paths = std::vector<std::filesystem::path>;

/// Removes what was written unless it is told to keep it.
class WrittenFiles {
 public:
  explicit WrittenFiles(std::size_t count) : files_(count) {}
  ~WrittenFiles() {
    std::error_code ignored;
    for (const auto& file : files_) {
      if (!file.empty()) std::filesystem::remove(file, ignored);
    }
  }
  WrittenFiles(const WrittenFiles&) = delete;
  WrittenFiles& operator=(const WrittenFiles&) = delete;

  /// Each slot is one thread's at a time.
  void add(std::size_t slot, std::filesystem::path file) { files_[slot] = std::move(file); }
  void keep() { files_.clear(); }

 private:
  Paths files_;
};

/// One file after the other of the first threshold, then of the next.
Paths acquisition_paths(const Dataset& dataset, const ScanSettings& scan) {
  Paths paths;
  for (const int threshold : scan.thresholds.values()) {
    for (int i = 0; i < scan.acquisitions.count; ++i) {
      paths.push_back(acquisition_path(dataset, scan, threshold, scan.acquisitions.first + i));
    }
  }
  return paths;
}

/// The mask, then baseline and width where the scan has a baseline.
Paths matrix_paths(const Dataset& dataset, const ScanSettings& scan) {
  Paths paths{mask_path(dataset, scan)};
  if (scan.baseline_folder) {
    const auto folder = dataset.data_root / *scan.baseline_folder;
    paths.push_back(baseline_path(folder, dataset.asic));
    paths.push_back(baseline_width_path(folder, dataset.asic));
  }
  return paths;
}

bool is_there(const std::filesystem::path& file) {
  std::error_code ignored;
  return std::filesystem::exists(file, ignored);
}

void make_folder_of(const std::filesystem::path& file) {
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  if (error) {
    throw OutputError(fmt::format("cannot create the folder {}", file.parent_path().string()), error.message());
  }
}

}  // namespace

void simulate_scan(const Dataset& dataset, const ScanSettings& scan, const Truth& truth, int threads,
                   Progress& progress) {
  const Paths acquisitions = acquisition_paths(dataset, scan);
  const Paths matrices = matrix_paths(dataset, scan);
  const AcquisitionDrawer drawer(scan, truth, threads);
  progress.start(fmt::format("simulating {}", scan.label), acquisitions.size(), "files");
  std::ranges::for_each(matrices, make_folder_of);

  WrittenFiles written(acquisitions.size() + matrices.size());
  const auto per_threshold = static_cast<std::size_t>(scan.acquisitions.count);
  parallel_for(acquisitions.size(), threads, [&](std::size_t index, int) {
    const int acquisition = scan.acquisitions.first + static_cast<int>(index % per_threshold);
    write_counts_csv(acquisitions[index], drawer.draw(index / per_threshold, acquisition));
    written.add(index, acquisitions[index]);
    progress.advance(1);
  });
  write_mask_csv(matrices[0], truth.mask);
  written.add(acquisitions.size(), matrices[0]);
  if (matrices.size() > 1) {
    write_matrix_csv(matrices[1], truth.baseline.mean);
    written.add(acquisitions.size() + 1, matrices[1]);
    write_matrix_csv(matrices[2], truth.baseline.width);
  }
  written.keep();
  progress.finish();
}

bool scan_exists(const Dataset& dataset, const ScanSettings& scan) {
  return is_there(mask_path(dataset, scan)) || std::ranges::any_of(acquisition_paths(dataset, scan), is_there);
}

bool baseline_exists(const Dataset& dataset, const ScanSettings& scan) {
  const Paths matrices = matrix_paths(dataset, scan);
  return std::any_of(matrices.begin() + 1, matrices.end(), is_there);
}

std::filesystem::path missing_file(const Dataset& dataset, const ScanSettings& scan) {
  for (const Paths& paths : {matrix_paths(dataset, scan), acquisition_paths(dataset, scan)}) {
    const auto missing = std::ranges::find_if_not(paths, is_there);
    if (missing != paths.end()) return *missing;
  }
  return {};
}

}  // namespace velocal
