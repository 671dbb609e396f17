// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "velocal/descriptor/noise_settings.hpp"
#include "velocal/descriptor/shutter.hpp"
#include "velocal/descriptor/simulation_settings.hpp"
#include "velocal/descriptor/source.hpp"

namespace velocal {

/// Whole numbers from first to last, both included.
struct InclusiveRange {
  int first = 0;
  int last = 0;
  constexpr bool contains(int number) const { return first <= number && number <= last; }  ///< both ends included
  bool operator==(const InclusiveRange&) const = default;
};

/// The highest threshold [DAC]: sixteen bits hold every setting of the chip.
inline constexpr int largest_threshold = 65'535;

/// Thresholds from..to in steps of `step` [DAC], both ends included where the step meets `to`.
struct ThresholdRange {
  int from = 0;
  int to = 0;
  int step = 1;  ///< of a list: the smallest distance in it
  /// All of them, ascending, where they are not evenly spaced; else empty.
  std::vector<int> listed = {};

  /// Number of thresholds, >= 1.
  int count() const { return listed.empty() ? (to - from) / step + 1 : static_cast<int>(listed.size()); }
  std::vector<int> values() const;  ///< ascending [DAC]
  bool operator==(const ThresholdRange&) const = default;
};

/// Acquisitions first, first + 1, ..., first + count - 1 of each threshold.
struct AcquisitionRange {
  int first = 0;
  int count = 1;
  bool operator==(const AcquisitionRange&) const = default;
};

/// Acquisitions that a descriptor takes out: each pair within both ranges.
struct RejectedAcquisitions {
  InclusiveRange threshold;
  InclusiveRange acquisition;
  bool operator==(const RejectedAcquisitions&) const = default;
};

/// Acquisitions that take no part: by a test of their counts, or by name.
struct RejectSettings {
  /// Mean hits of the unmasked pixels of column 255 that betrays a read-out fault; empty: no such test.
  std::optional<double> last_column_mean;
  std::vector<RejectedAcquisitions> acquisitions;  ///< may lie outside of the scan
};

/// Largest number of hits that a pixel's counter holds in an acquisition: a number > 0, or one of these.
inline constexpr int counter_unlimited = 0;            ///< `none`
inline constexpr int counter_automatic = -1;           ///< `auto`: from how the counts pile up
inline constexpr int largest_counter = 1'000'000'000;  ///< the most that a descriptor may say

/// Values by parameter name, in the order of the descriptor.
using NamedValues = std::vector<std::pair<std::string, double>>;

/// One entry of `scans`: a threshold scan at one temperature.
struct ScanSettings {
  std::string label;
  std::string folder;  ///< below Dataset::data_root
  Source source;       ///< its own, or the dataset's
  Sensor sensor;       ///< the dataset's
  Shutter shutter;
  AcquisitionRange acquisitions;
  ThresholdRange thresholds;
  RejectSettings reject;
  int counter = counter_automatic;             ///< largest count of its counter
  std::optional<std::string> baseline_folder;  ///< of CSV files, below Dataset::data_root
  std::optional<std::string> baseline_file;    ///< instead: a baseline.h5, below Dataset::results_root
  BaselineKind baseline_kind = BaselineKind::predicted;
  BaselineUncertainty baseline_uncertainty = BaselineUncertainty::error;
  bool baseline_established = false;  ///< whole numbers are taken as they are, though they were cut
  NamedValues initial;                ///< start values over raw thresholds
  NamedValues initial_baseline;       ///< start values over thresholds less the baseline
  std::optional<SimulationSettings> simulation;

  bool has_baseline() const { return baseline_folder || baseline_file; }  ///< without one no target can be had
};

}  // namespace velocal
