// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/program.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// --compare: nothing is made, detectors are compared. The first descriptor is the reference.
ProgramOption compare_detectors_option();
inline bool compares_detectors(const Session& session) {
  return !session.other_chips.empty();
}

/// For each scan, chip by chip: the gains less those of the reference, the pixels that changed their status, and the
/// chips that stand out. Those that only the other has are named. Throws InputError where a detector.h5 is missing.
Step plan_detector_comparison(const Session& session, const ScanSettings& scan);
Report run_detector_comparison(const Session& session, const ScanSettings& scan);

}  // namespace velocal
