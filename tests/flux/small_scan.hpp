// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/files.hpp"
#include "support/scan_files.hpp"
#include "support/simulated_dataset.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/scan/counts_parser.hpp"
#include "velocal/scan/file_naming.hpp"

namespace velocal::test {

/// A scan on disk whose counts a test writes itself: thresholds 1500, 1510, 1520, acquisitions 0, 1, 2 of 2.5 s,
/// last_column_mean 40; neither mask nor baseline. Nothing is written at first.
struct SmallScan {
  SmallScan() : dataset(simulated_dataset(folder.path())), scan(dataset.scans[0]) {
    scan.shutter = {"2s500ms", 2.5};
    scan.thresholds = {1500, 1520, 10};
    scan.acquisitions = {0, 3};
    scan.reject.last_column_mean = 40.0;
    scan.baseline_folder.reset();
  }

  std::filesystem::path path(int threshold, int acquisition) const {
    return acquisition_path(dataset, scan, threshold, acquisition);
  }
  void write(int threshold, int acquisition, const PixelCounts& counts) const {
    write_text(path(threshold, acquisition), counts_csv(counts));
  }
  /// Every acquisition of the scan with counts(threshold, acquisition).
  template <class Counts>
  void write_all(const Counts& counts) const {
    for (const int threshold : scan.thresholds.values()) {
      for (int a = 0; a < scan.acquisitions.count; ++a) {
        const int acquisition = scan.acquisitions.first + a;
        write(threshold, acquisition, counts(threshold, acquisition));
      }
    }
  }
  void write_mask(const PixelMatrix<double>& mask) const {
    write_text(mask_path(dataset, scan), matrix_csv(mask, "%.0f"));
  }

  TemporaryFolder folder;
  Dataset dataset;
  ScanSettings& scan;
};

}  // namespace velocal::test
