// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "shell/report.hpp"
#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// Pixels by status and reason, and the ASIC's parameters; `title` as "N037/warm" or "N037/warm/even".
Report fit_report(std::string_view title, const ScanFit& fit);

/// Pixels whose counters were full.
struct FullCounters {
  std::size_t cut = 0;           ///< with the reason `saturated`
  std::size_t others = 0;        ///< that lost thresholds
  double mean_thresholds = 0.0;  ///< that these lost
};
FullCounters full_counters(const ScanFit& fit);

/// The statuses in one line, "27115 good (41.41 %), ... of 65485 live", and the same numbers as JSON.
std::string status_text(const StatusCounts& counts);
/// Name, lines with their shares, and pair energy.
Json source_json(const PhotonSource& source);
Json status_json(const StatusCounts& counts);

}  // namespace velocal
