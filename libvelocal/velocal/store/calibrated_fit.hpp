// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/store/fit_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/result_paths.hpp"

namespace velocal {

/// Target and gain of a scan, and the fits that they were made of.
struct CalibratedFit {
  Stored<Calibration> matrices;
  Stored<ScanFit> fit;
};

/// Reads both. Throws InputError as read_matrices() and read_fit() do, and where the one was not made of the other:
/// another program has made it anew meanwhile.
CalibratedFit read_calibrated_fit(const ResultPaths& paths, const Provenance& expected);

}  // namespace velocal
