// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "velocal/flux/flux_cube.hpp"
#include "velocal/flux/flux_settings.hpp"
#include "velocal/flux/full_counter.hpp"
#include "velocal/flux/group_sums.hpp"
#include "velocal/scan/acquisition_quality.hpp"

namespace velocal {

/// What is kept of an acquisition beside its share in the counts.
struct SummedAcquisition {
  int number = 0;
  AcquisitionQuality quality = AcquisitionQuality::rejected;
  GroupSums hits{};                              ///< hits of each group
  std::array<double, group_rows> row_squares{};  ///< AcquisitionHits::row_squares
  CountsAtEnd at_end;                            ///< where the counter's end is looked for
  std::string input;                             ///< its line in the list of inputs; none when it is rejected
};

/// A flux cube in the making: AcquisitionAdder fills it. Threads may work on different thresholds at the same time.
class FluxSums {
 public:
  /// Throws UsageError as require_valid() does.
  explicit FluxSums(FluxSettings settings);

  const std::vector<int>& threshold() const { return cube_.threshold; }
  const PixelMask& mask() const { return cube_.mask; }
  bool looks_for_counter() const { return counter_ == counter_automatic; }

  /// Quality and hits of an acquisition that is not rejected.
  SummedAcquisition judged(const AcquisitionHits& hits) const;

  /// When the settings reject the acquisition, notes that and returns true: it need not be read.
  bool reject(std::size_t threshold_index, int number);

  /// Hits so far. Those of masked pixels mean nothing.
  std::span<std::uint32_t> counts_at(std::size_t threshold_index) {
    return std::span(cube_.counts).subspan(threshold_index * pixel_count, pixel_count);
  }
  std::vector<SummedAcquisition>& acquisitions_at(std::size_t threshold_index) {
    return acquisitions_[threshold_index];
  }

  void set_baseline(NoiseBaseline baseline) { cube_.baseline = std::move(baseline); }

  /// The cube of all that was added, which does not depend on the order in which it was. `equalisation`: lines of the
  /// files that mask and baseline were read from, for the digest; empty: it is made of their values.
  FluxCube cube(std::optional<std::string> equalisation = {}) &&;

 private:
  std::string finish_threshold(std::size_t threshold_index);
  void finish_asic_curves();
  std::uint32_t counter() const;

  FluxCube cube_;
  double shutter_s_;
  RejectSettings reject_;
  int counter_;
  std::vector<std::vector<SummedAcquisition>> acquisitions_;  ///< [T]
};

}  // namespace velocal
