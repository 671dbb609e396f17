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

/// A source of a single line.
inline Source one_line(double energy_eV, double pair_energy_eV, double uncertainty_eV) {
  Source source;
  source.photon_energy_eV = energy_eV;
  source.pair_energy_eV = pair_energy_eV;
  source.pair_energy_uncertainty_eV = uncertainty_eV;
  return source;
}

/// The source of that analysis, and a scan of it: a single line needs no baseline.
inline Source reference_source() {
  return one_line(5900.0, 3.69, 0.11);
}
inline ScanSettings one_line_scan() {
  ScanSettings scan;
  scan.source = reference_source();
  return scan;
}

}  // namespace velocal::test
