// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/report.hpp"
#include "shell/session.hpp"
#include "stages/last_table.hpp"
#include "velocal/calibration/detector.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// velocal-detector: the matrices.h5 and fit.h5 of the chips that have them become detector.h5 and detector.csv, and
/// rows of the results collection. It belongs to all chips and scans; the chosen chips are looked at anew.
class DetectorStage {
 public:
  /// Looks at the results of all chips, which run() then reads.
  Step plan(const Session& session, const ScanSettings& scan);
  Report run(const Session& session, const ScanSettings& scan);

 private:
  LastTable last_;  ///< empty: everything is to be made anew
  DetectorTable table_;
};

/// What is expected of a detector.h5 of this descriptor.
Provenance detector_provenance(const Session& session, const std::string& name, std::string inputs_sha256 = {});

}  // namespace velocal
