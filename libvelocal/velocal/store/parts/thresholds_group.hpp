// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/scan_fit.hpp"
#include "velocal/store/hdf5/hdf5_object.hpp"

namespace velocal {

/// Group `thresholds` of fit.h5 (docs/file-formats.md). Older files have none.
void write_thresholds(const H5::Group& root, const ThresholdReport& report);
ThresholdReport read_thresholds(const H5::Group& root);

}  // namespace velocal
