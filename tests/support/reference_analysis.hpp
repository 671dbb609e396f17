// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/descriptor/scan_settings.hpp"

namespace velocal::test {

/// The settings of the analysis that velocal replaces.
inline FitSettings reference_settings() {
  FitSettings settings;
  settings.statistic = "neyman";
  settings.covariance = Covariance::scaled;
  settings.start = StartValues::descriptor;
  return settings;
}

/// Its source: a single line, which needs no baseline.
inline ScanSettings one_line_scan() {
  ScanSettings scan;
  scan.source.photon_energy_eV = 5900.0;
  return scan;
}

}  // namespace velocal::test
