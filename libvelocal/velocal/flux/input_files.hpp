// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/changed_files.hpp"

namespace velocal {

/// What has changed of a scan's mask, baseline and acquisitions, in words (changed_files()). Empty when nothing
/// has. `inputs`: FluxCube::inputs. Folders that are not there (any more) are not looked at: raw data may move away
/// once the flux has been made.
/// `from_csv`: folder of the fluxes that it was made of instead of acquisitions; empty: none.
std::string changed_inputs(const Dataset& dataset, const ScanSettings& scan, const std::string& inputs,
                           const InputComparison& comparison = {}, const std::filesystem::path& from_csv = {});

}  // namespace velocal
