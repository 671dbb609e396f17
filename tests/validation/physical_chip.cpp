// SPDX-License-Identifier: GPL-3.0-or-later
#include "physical_chip.hpp"

#include <random>

#include "fit/drawn_scan.hpp"
#include "support/pixel_cube.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/model/photon_source.hpp"
#include "velocal/simulate/physical_flux.hpp"
#include "velocal/simulate/stream_seed.hpp"

namespace velocal::test {
namespace {

Population draw_pixels(const PhysicalSettings& settings, std::uint64_t seed) {
  const TypicalParameters typical{"diffusion", {"R", "s", "E0"}, {0.9, settings.noise, 0.0}};
  Population pixels = draw_population(typical, settings.pixels, seed);
  std::mt19937_64 random(stream_seed(seed, "baselines"));
  std::normal_distribution<> error(0.0, baseline_error);
  for (std::size_t pixel = 0; pixel < pixels.size(); ++pixel) {
    pixels.measured_baseline.mean[pixel] = pixels.truth(pixel, "E0") - pixels.target[pixel] + error(random);
    pixels.measured_baseline.error[pixel] = baseline_error;
  }
  return pixels;
}

/// The chip's other pixels see no light; their noise and target are those of a typical one.
Truth truth_of(const Population& pixels, const PhysicalSettings& settings) {
  Truth truth;
  truth.width = PixelMatrix<double>(settings.noise);
  truth.target = PixelMatrix<double>(124.0);
  truth.line = PixelMatrix<double>(1549.0);
  const ScanSettings scan = physical_scan(settings);
  truth.physics = PhysicalTruth{PixelMatrix<double>(0.0), settings.sigma_um, scan.sensor,
                                photon_source(scan.source, scan.sensor).lines};
  for (std::size_t pixel = 0; pixel < pixels.size(); ++pixel) {
    truth.physics->rate[pixel] = pixels.truth(pixel, "R");
    truth.width[pixel] = pixels.truth(pixel, "s");
    truth.target[pixel] = pixels.target[pixel];
    truth.line[pixel] = pixels.truth(pixel, "E0");
  }
  return truth;
}

}  // namespace

ScanSettings physical_scan(const PhysicalSettings& settings) {
  ScanSettings scan;
  scan.source.temperature_C = 20.0;
  if (!settings.both_lines) scan.source.lines = {{.energy_eV = 5895.0, .intensity = 1.0}};
  return scan;
}

PhysicalChip::PhysicalChip(const PhysicalSettings& settings, std::uint64_t seed)
    : settings_(settings), seed_(seed), truth_(draw_pixels(settings, seed)) {
  flux_ = physical_flux(truth_of(truth_, settings), threshold_range(lowest_threshold, highest_threshold), seed, 0,
                        settings.photons);
}

FluxCube PhysicalChip::scan(double live_time_s, int first) const {
  constexpr std::size_t pixels_per_task = 256;
  FluxCube cube = masked_cube(threshold_range(first, highest_threshold), live_time_s);
  cube.baseline = truth_.measured_baseline;
  const auto skipped = static_cast<std::size_t>(first - lowest_threshold);
  const std::size_t tasks = (truth_.size() + pixels_per_task - 1) / pixels_per_task;
  parallel_for(tasks, 0, [&](std::size_t task, int) {
    std::mt19937_64 random(
        stream_seed(seed_, "counts", static_cast<std::int64_t>(live_time_s), static_cast<std::int64_t>(task)));
    const std::size_t end = std::min(truth_.size(), (task + 1) * pixels_per_task);
    for (std::size_t pixel = task * pixels_per_task; pixel < end; ++pixel) {
      std::vector<double> expected;
      for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
        const double flux = flux_[(t + skipped) * pixel_count + pixel];
        expected.push_back(live_time_s * (flux + drawn_background));
      }
      set_pixel(cube, pixel, drawn(expected, random));
    }
  });
  return cube;
}

}  // namespace velocal::test
