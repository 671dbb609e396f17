// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal::bench {

/// The drawn scan that all benchmarks work on (bench/scan.yaml), with its flux as velocal-flux made it.
struct BenchScan {
  /// Throws InputError when there is no flux yet.
  explicit BenchScan(const std::filesystem::path& descriptor);

  Dataset dataset;
  const ScanSettings& scan() const { return dataset.scans.front(); }
  FluxCube cube;
};

/// Every `step`-th of the thresholds from `first` on.
FluxCube every_threshold(const FluxCube& cube, int first, int step);

/// The same truth over thresholds 1360...1600, drawn in one acquisition as long as all of the scan's.
FluxCube draw_long_scan(const BenchScan& scan);

// One function a file of benchmarks; `scan` has to outlive their run.
void register_reading(const BenchScan& scan);
void register_models();
void register_fits(const BenchScan& scan);
void register_files(const BenchScan& scan);

}  // namespace velocal::bench
