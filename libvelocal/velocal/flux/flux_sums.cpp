// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/flux_sums.hpp"

#include <algorithm>

#include "velocal/core/sha256.hpp"
#include "velocal/flux/dispersion.hpp"
#include "velocal/flux/empty_acquisitions.hpp"
#include "velocal/scan/acquisition_hits.hpp"
#include "velocal/scan/input_line.hpp"

namespace velocal {
namespace {

PixelMask zeros_and_ones(PixelMask mask) {
  for (std::uint8_t& masked : mask) masked = masked != 0 ? 1 : 0;
  return mask;
}

/// Lines of mask and baseline that were read from no files.
std::string lines_of_values(const FluxCube& cube) {
  const auto line = [](std::string_view name, const auto& matrix) {
    return input_line(name, std::as_bytes(matrix.values()));
  };
  std::string lines;
  if (cube.mask_found) lines += line("mask", cube.mask);
  if (cube.baseline) lines += line("baseline mean", cube.baseline->mean) + line("baseline width", cube.baseline->width);
  return lines;
}

void count(AcquisitionTally& tally, AcquisitionQuality quality) {
  switch (quality) {
    case AcquisitionQuality::rejected: ++tally.rejected; break;
    case AcquisitionQuality::empty: ++tally.empty; break;
    case AcquisitionQuality::bad: ++tally.bad; break;
    case AcquisitionQuality::good: ++tally.good; break;
  }
}

std::vector<std::uint64_t> good_hits(const std::vector<SummedAcquisition>& acquisitions, std::size_t group) {
  std::vector<std::uint64_t> hits;
  for (const SummedAcquisition& acquisition : acquisitions) {
    if (acquisition.quality == AcquisitionQuality::good) hits.push_back(acquisition.hits[group]);
  }
  return hits;
}

}  // namespace

FluxSums::FluxSums(FluxSettings settings)
    : shutter_s_(settings.shutter_s), reject_(std::move(settings.reject)), counter_(settings.counter) {
  require_valid(settings);
  cube_.threshold = std::move(settings.threshold);
  cube_.counts.resize(cube_.threshold_count() * pixel_count);
  cube_.mask_found = settings.mask.has_value();
  if (settings.mask) cube_.mask = zeros_and_ones(std::move(*settings.mask));
  cube_.separation = settings.separation;
  cube_.baseline = std::move(settings.baseline);
  acquisitions_.resize(cube_.threshold_count());
}

SummedAcquisition FluxSums::judged(const AcquisitionHits& hits) const {
  SummedAcquisition acquisition;
  acquisition.quality = quality_of(hits, cube_.mask, reject_);
  acquisition.hits = group_hits(hits, cube_.separation);
  acquisition.row_squares = hits.row_squares;
  return acquisition;
}

bool FluxSums::reject(std::size_t threshold_index, int number) {
  if (!is_rejected(reject_, cube_.threshold[threshold_index], number)) return false;
  SummedAcquisition rejected;
  rejected.number = number;
  acquisitions_at(threshold_index).push_back(rejected);
  return true;
}

/// Returns the lines of its acquisitions.
std::string FluxSums::finish_threshold(std::size_t threshold_index) {
  auto& acquisitions = acquisitions_at(threshold_index);
  std::ranges::sort(acquisitions, {}, &SummedAcquisition::number);
  std::string lines;
  AcquisitionTally tally;
  for (const SummedAcquisition& acquisition : acquisitions) {
    count(tally, acquisition.quality);
    lines += acquisition.input;
  }
  cube_.acquisitions.push_back(tally);
  cube_.live_time_s.push_back(tally.good * shutter_s_);
  return lines;
}

void FluxSums::finish_asic_curves() {
  const GroupSums pixels = group_pixels(cube_.mask, cube_.separation);
  for (std::size_t group = 0; group < pixels.size(); ++group) {
    FluxCurve& curve = cube_.asic[group];
    for (std::size_t t = 0; t < cube_.threshold_count(); ++t) {
      const Uncertain flux = group_flux(good_hits(acquisitions_[t], group), shutter_s_, pixels[group]);
      curve.threshold.push_back(cube_.threshold[t]);
      curve.flux.push_back(flux.value);
      curve.error.push_back(flux.error);
    }
  }
}

std::uint32_t FluxSums::counter() const {
  if (!looks_for_counter()) return static_cast<std::uint32_t>(counter_);
  CountsAtEnd all;
  for (const auto& acquisitions : acquisitions_) {
    for (const SummedAcquisition& acquisition : acquisitions) all += acquisition.at_end;
  }
  return piles_up(all) ? velopix_counter_end : counter_unlimited;
}

FluxCube FluxSums::cube(std::optional<std::string> equalisation) && {
  std::string& inputs = cube_.inputs;
  inputs = equalisation ? std::move(*equalisation) : lines_of_values(cube_);
  const std::vector<std::size_t> masked = masked_pixels(cube_.mask);
  accept_chance(acquisitions_);
  for (std::size_t t = 0; t < cube_.threshold_count(); ++t) {
    for (const std::size_t pixel : masked) counts_at(t)[pixel] = 0;
    inputs += finish_threshold(t);
  }
  finish_asic_curves();
  cube_.counter = counter();
  cube_.dispersion = dispersion_between(cube_, acquisitions_);
  cube_.inputs_sha256 = sha256_hex(std::as_bytes(std::span(inputs)));
  return std::move(cube_);
}

}  // namespace velocal
