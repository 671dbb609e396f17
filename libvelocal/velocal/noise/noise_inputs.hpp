// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/changed_files.hpp"

namespace velocal {

/// What has changed of the noise scans since the baseline was measured, in words (changed_files()). Empty when nothing
/// has, or when their folder is not there. `inputs`: MeasuredBaseline::inputs. Throws as noise_scan_files().
std::string changed_noise_inputs(const Dataset& dataset, const std::string& inputs,
                                 const InputComparison& comparison = {});

}  // namespace velocal
