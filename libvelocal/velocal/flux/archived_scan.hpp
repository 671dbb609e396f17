// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "velocal/core/progress.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/flux/flux_settings.hpp"
#include "velocal/flux/flux_sums.hpp"

namespace velocal {

/// Adds the acquisitions of a scan whose `folder` names an archive, in the order in which they lie there, and takes the
/// mask in it, which replaces that of the settings. One pass; where the mask lies behind acquisitions, a second one
/// begins with it, since the hits of masked pixels cannot be taken out of sums. `inputs` gets the lines of the mask and
/// of the archive.
/// Throws InputError when the archive is damaged, holds an acquisition twice, or lacks one (all are counted, the first
/// five named).
FluxSums sum_archive(const Dataset& dataset, const ScanSettings& scan, FluxSettings settings, std::string& inputs,
                     Progress& progress);

/// Line of the archive in the list of inputs: its name and size.
std::string archive_line(const std::filesystem::path& archive);

/// What has changed of the acquisitions in the archive since the list was made, in words; empty: nothing.
std::string changed_members(const Dataset& dataset, const ScanSettings& scan, const std::string& list);

}  // namespace velocal
