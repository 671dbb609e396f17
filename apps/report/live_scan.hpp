// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "report/reported_scan.hpp"
#include "velocal/core/error.hpp"

namespace velocal {

/// The acquisitions of a scan that is being taken. A file that is younger than a few seconds, or lacks its last line
/// end, counts as not yet taken.
struct TakenAcquisitions {
  std::vector<RejectedAcquisitions> untaken;  ///< one a rule
  std::size_t wanted = 0;                     ///< those that the descriptor does not reject
  std::size_t unfinished = 0;                 ///< of the untaken ones: a file is there
  double first_s = 0.0, last_s = 0.0;         ///< times of the oldest and the newest file that are taken [Unix time]

  std::size_t taken() const { return wanted - untaken.size(); }
  /// When the last acquisition is to be expected at the pace so far [Unix time]; empty where that cannot be told.
  std::optional<double> expected_end_s() const;
};

/// Looks at the scan's folder; `now_s` is Unix time. Throws as present_acquisitions() does.
TakenAcquisitions taken_acquisitions(const Dataset& dataset, const ScanSettings& scan, double now_s);

/// A scan as far as it is taken.
struct LiveScan {
  ReportedScan scan;
  std::optional<InputError> failure = {};  ///< there are acquisitions, and not all could be computed of them
};

/// All results of what is taken so far, computed in memory; nothing is written. What cannot be had yet is left out, and
/// the scan's `live` says why.
LiveScan compute_live_scan(const Session& session, const ScanSettings& scan, const TakenAcquisitions& taken);

}  // namespace velocal
