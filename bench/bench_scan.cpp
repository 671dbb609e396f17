// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_scan.hpp"

#include <algorithm>

#include "velocal/core/parallel_for.hpp"
#include "velocal/simulate/acquisition_drawer.hpp"
#include "velocal/simulate/draw_truth.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/result_paths.hpp"
#include "velocal/velocal.hpp"

namespace velocal::bench {

BenchScan::BenchScan(const std::filesystem::path& descriptor) : dataset(read_dataset(descriptor)) {
  const std::string& label = scan().label;
  cube = read_flux(ResultPaths(dataset, label).flux(), provenance_of(dataset, label)).value;
}

FluxCube every_threshold(const FluxCube& cube, int first, int step) {
  FluxCube some;
  some.mask = cube.mask;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    if (cube.threshold[t] < first || (cube.threshold[t] - first) % step != 0) continue;
    some.threshold.push_back(cube.threshold[t]);
    some.live_time_s.push_back(cube.live_time_s[t]);
    some.acquisitions.push_back(cube.acquisitions[t]);
    const auto counts = cube.counts_at(t);
    some.counts.insert(some.counts.end(), counts.begin(), counts.end());
  }
  return some;
}

FluxCube draw_long_scan(const BenchScan& scan) {
  ScanSettings settings = scan.scan();
  settings.thresholds = {1360, 1600, 1};
  settings.shutter.seconds *= settings.acquisitions.count;
  settings.acquisitions = {0, 1};
  settings.simulation->empty.clear();
  settings.simulation->bad.clear();
  settings.simulation->glitch.clear();
  const Truth truth = draw_truth(scan.dataset, settings, 1);
  const AcquisitionDrawer drawer(settings, truth);

  FluxCube cube;
  cube.threshold = settings.thresholds.values();
  cube.mask = truth.mask;
  cube.counts.resize(cube.threshold_count() * pixel_count);
  cube.live_time_s.assign(cube.threshold_count(), settings.shutter.seconds);
  cube.acquisitions.assign(cube.threshold_count(), {1, 0, 0, 0});
  parallel_for(cube.threshold_count(), 0, [&](std::size_t t, int) {
    std::ranges::copy(drawer.draw(t, 0), cube.counts.begin() + static_cast<std::ptrdiff_t>(t * pixel_count));
  });
  return cube;
}

}  // namespace velocal::bench
