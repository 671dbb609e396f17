// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "velocal/core/progress.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/flux/accumulate_flux.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/scan/matrix_csv.hpp"

namespace velocal {

/// The flux cube of a scan whose acquisitions are gone, from the files of fluxes that the replaced analysis and
/// velocal-export write (scan/file_naming.hpp). Mask and baseline come from where accumulate_flux() takes them; `given`
/// is that of a scan whose baseline is a result.
///
/// Counts and live times are those that the fluxes were made of. Acquisitions that took no part count as bad. A
/// threshold whose files hold `nan` alone has no live time. The spread of the ASIC's flux over the acquisitions comes
/// from the files of the ASIC where they are there, and is else that of Poisson's distribution. No dispersion is known,
/// and no end of the counters but what the descriptor names.
/// `seen` is told of the contents of each file of fluxes, in any thread; it may be empty, and may throw.
/// Throws InputError when files are missing (counted, five named) or damaged, and as acquisitions_of() and
/// take_counts() do; UsageError as accumulate_flux() does. The result does not depend on the number of threads.
FluxCube flux_from_csv(const std::filesystem::path& folder, const Dataset& dataset, const ScanSettings& scan,
                       const std::optional<GivenBaseline>& given = {}, int threads = 0,
                       Progress& progress = no_progress(), const ContentsSeen& seen = {});

}  // namespace velocal
