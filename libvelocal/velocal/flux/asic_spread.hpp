// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/matrix_csv.hpp"

namespace velocal {

/// Spread of the ASIC's flux over the acquisitions, relative to the flux, at each threshold: from the files of the ASIC
/// that lie beside those of the pixels' fluxes (scan/file_naming.hpp). It does not depend on the number of pixels that
/// the flux is divided by, which the replaced analysis takes to be all. NaN where it is not known, everywhere when one
/// of the files is not there. `seen` is told of each file, and not empty.
/// Throws InputError when a file has another number of lines than the scan has thresholds, or anything but numbers.
std::vector<double> relative_asic_spread(const std::filesystem::path& folder, const Dataset& dataset,
                                         const ScanSettings& scan, const ContentsSeen& seen);

}  // namespace velocal
