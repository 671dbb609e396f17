// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "velocal/core/progress.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/flux/flux_settings.hpp"
#include "velocal/scan/acquisition_source.hpp"

namespace velocal {

/// Reads all acquisitions of a scan, its mask and its noise baseline, and sums the hits of the good acquisitions.
/// Streams: one acquisition a thread is in memory. `threads` <= 0: all. The result does not depend on their number.
/// Throws UsageError when the baseline is a result of the noise scans: that is given as below.
/// Throws InputError when files are missing (all are counted, the first five named) or damaged (file, line, column).
FluxCube accumulate_flux(const Dataset& dataset, const ScanSettings& scan, int threads = 0,
                         Progress& progress = no_progress());

/// A noise baseline that is no file of the scan.
struct GivenBaseline {
  NoiseBaseline baseline;
  std::string input;  ///< input_line() of its file
};

/// The same with this baseline instead of the one that the scan names. Throws UsageError as require_valid() does.
FluxCube accumulate_flux(const Dataset& dataset, const ScanSettings& scan, const GivenBaseline& baseline,
                         int threads = 0, Progress& progress = no_progress());

/// The same for acquisitions from any source. Throws UsageError as require_valid() does, and what the source throws.
FluxCube accumulate_flux(const AcquisitionSource& source, FluxSettings settings, int threads = 0,
                         Progress& progress = no_progress());

}  // namespace velocal
