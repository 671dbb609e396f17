// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/acquisition_drawer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/model/model_for_source.hpp"
#include "velocal/simulate/physical_flux.hpp"
#include "velocal/simulate/stream_seed.hpp"

namespace velocal {
namespace {

constexpr std::uint32_t glitch_hits = 63;  // in every pixel, as a stuck read-out leaves them

bool planted(const std::vector<PlantedAcquisition>& list, int threshold, int acquisition) {
  return std::ranges::find(list, PlantedAcquisition{threshold, acquisition}) != list.end();
}

/// F1_0 over the lines of the source, each as far above the true baseline as its energy says.
std::vector<float> formula_flux(const ScanSettings& scan, const Truth& truth, const std::vector<int>& threshold,
                                int threads) {
  const auto model = model_for_source("F1_0", photon_source(scan.source, scan.sensor));
  std::vector<float> table(threshold.size() * pixel_count);
  parallel_for(pixel_rows, threads, [&](std::size_t row, int) {
    std::vector<double> flux(threshold.size()), energy(threshold.size());
    for (std::size_t pixel = row * pixel_columns; pixel < (row + 1) * pixel_columns; ++pixel) {
      const double origin = model->above_baseline() ? truth.line[pixel] - truth.target[pixel] : 0.0;
      for (std::size_t t = 0; t < energy.size(); ++t) energy[t] = threshold[t] - origin;
      const std::array parameters{truth.shelf[pixel], truth.amplitude[pixel], truth.width[pixel],
                                  truth.line[pixel] - origin};
      model->flux(parameters, energy, flux);
      for (std::size_t t = 0; t < energy.size(); ++t) {
        // Far above the line the terms cancel to +-0 within rounding; a negative rate cannot be drawn.
        table[t * pixel_count + pixel] = static_cast<float>(std::max(0.0, flux[t]) + truth.background);
      }
    }
  });
  return table;
}

std::vector<float> tabulate_flux(const ScanSettings& scan, const Truth& truth, const std::vector<int>& threshold,
                                 int threads) {
  if (!truth.physics) return formula_flux(scan, truth, threshold, threads);
  std::vector<float> table = physical_flux(truth, threshold, stream_seed(truth.seed, scan.label), threads);
  for (float& flux : table) flux = static_cast<float>(flux + truth.background);
  return table;
}

/// Hits of the last column, 0 in its masked pixels. Their mean over the live pixels is as near to `mean` as whole
/// numbers allow.
std::vector<std::uint32_t> column_with_mean(double mean, const PixelMask& mask) {
  std::vector<std::uint32_t> hits(pixel_rows, 0);
  std::vector<std::size_t> live;
  for (int row = 0; row < pixel_rows; ++row) {
    if (mask(row, pixel_columns - 1) == 0) live.push_back(static_cast<std::size_t>(row));
  }
  const double pixels = static_cast<double>(live.size());
  const double total = std::round(mean * pixels);
  if (live.empty() || std::abs(total / pixels - mean) >= 0.01) {
    throw DescriptorError(fmt::format("simulation.bad: the last column cannot be given the mean {}", mean),
                          fmt::format("it has {} live pixels", live.size()), "Mask fewer pixels");
  }
  const auto sum = static_cast<std::size_t>(total);
  for (std::size_t i = 0; i < live.size(); ++i) {
    hits[live[i]] = static_cast<std::uint32_t>(sum / live.size() + (i < sum % live.size() ? 1 : 0));
  }
  return hits;
}

std::vector<std::uint32_t> bad_column(const ScanSettings& scan, const PixelMask& mask) {
  if (!scan.simulation || scan.simulation->bad.empty()) return {};
  if (!scan.reject.last_column_mean) {
    throw DescriptorError(fmt::format("scan \"{}\": simulation.bad needs reject.last_column_mean", scan.label),
                          "a bad acquisition is known by it");
  }
  return column_with_mean(*scan.reject.last_column_mean, mask);
}

}  // namespace

AcquisitionDrawer::AcquisitionDrawer(const ScanSettings& scan, const Truth& truth, int threads)
    : scan_(scan),
      truth_(truth),
      threshold_(scan.thresholds.values()),
      flux_(tabulate_flux(scan, truth, threshold_, threads)),
      bad_column_(bad_column(scan, truth.mask)) {}

PixelCounts AcquisitionDrawer::draw(std::size_t threshold_index, int acquisition) const {
  static const SimulationSettings nothing_planted;
  const SimulationSettings& settings = scan_.simulation ? *scan_.simulation : nothing_planted;
  const int threshold = threshold_.at(threshold_index);
  if (planted(settings.empty, threshold, acquisition)) return PixelCounts(0);
  if (planted(settings.glitch, threshold, acquisition)) return PixelCounts(glitch_hits);
  PixelCounts counts;
  draw_counts(threshold_index, acquisition, counts);
  if (planted(settings.bad, threshold, acquisition)) {
    for (int row = 0; row < pixel_rows; ++row) {
      counts(row, pixel_columns - 1) = bad_column_[static_cast<std::size_t>(row)];
    }
  }
  return counts;
}

void AcquisitionDrawer::draw_counts(std::size_t threshold_index, int acquisition, PixelCounts& counts) const {
  boost::random::mt19937_64 engine(
      stream_seed(truth_.seed, scan_.label, threshold_[threshold_index], std::int64_t{acquisition}));
  const float* flux = &flux_[threshold_index * pixel_count];
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const double mean = scan_.shutter.seconds * static_cast<double>(flux[pixel]);
    if (truth_.mask[pixel] != 0 || mean <= 0.0) continue;
    counts[pixel] = boost::random::poisson_distribution<std::uint32_t, double>(mean)(engine);
  }
}

}  // namespace velocal
