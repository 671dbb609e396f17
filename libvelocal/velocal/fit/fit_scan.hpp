// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "velocal/core/progress.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// What is asked of a fit beside the descriptor's settings.
struct FitOptions {
  PixelGroup group = PixelGroup::all;
  std::string engine = "fast";  ///< "fast" or "gsl"
  int threads = 0;              ///< <= 0: all; at most 1024 are used
};

/// Fits every pixel of the group and the curves of the ASIC (docs/physics.md). A pixel whose fit fails has a status,
/// never an exception; one that is noisy, counting on far above the line, is cut. The result does not depend on the
/// number of threads.
///
/// Of `scan`, source, sensor and start values count. A model over several lines, and one that counts from the baseline,
/// needs it: a pixel without one of its own takes the mean over the group. What `settings.shared` names is fitted
/// first, over a sample of the pixels (fit_shared()), and then held. Throws UsageError for a cube that is not whole
/// (require_whole()), settings out of range (require_valid()), an unknown group, model, statistic, engine or source, a
/// line above the scan, and start values that are not the model's, one a parameter. Throws InputError when a baseline
/// is needed and the cube has none, when the cube's groups follow another pattern than the settings', and what
/// fit_shared() throws.
ScanFit fit_scan(const FluxCube& cube, const ScanSettings& scan, const FitSettings& settings,
                 const FitOptions& options = {}, Progress& progress = no_progress());

}  // namespace velocal
