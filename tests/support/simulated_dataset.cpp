// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/simulated_dataset.hpp"

#include "support/reference_analysis.hpp"

namespace velocal::test {

Dataset simulated_dataset(const std::filesystem::path& root) {
  ScanSettings scan = one_line_scan();
  scan.label = "warm";
  scan.folder = "warm_scan";
  scan.shutter = {"32s760ms", 32.76};
  scan.acquisitions = {0, 2};
  scan.thresholds = {1500, 1600, 20};
  scan.reject.last_column_mean = 18.34765625;
  scan.baseline_folder = "warm_equalisation";
  scan.initial = {{"f", 0.0009}, {"A", 8.0}, {"s", 12.0}, {"E0", 1551.0}};
  scan.initial_baseline = {{"f", 0.0009}, {"A", 8.0}, {"s", 12.0}, {"E0", 125.0}};
  scan.simulation.emplace();

  Dataset dataset;
  dataset.name = "simulated";
  dataset.asic = "Module0_VP3-1";
  dataset.data_root = root / "data";
  dataset.results_root = root / "results";
  dataset.fit = reference_settings();
  dataset.source = scan.source;
  dataset.scans = {scan};
  return dataset;
}

}  // namespace velocal::test
