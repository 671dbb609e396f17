// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/pixel_group.hpp"

namespace velocal {

/// `datasets/N037.yaml --group rows`: what a command takes to work on the group.
std::string command_arguments(const Dataset& dataset, PixelGroup group);

// The path of a scan's results of an earlier stage. These throw InputError
// `no fit for N037/warm, group rows (<path>). Run velocal-fit datasets/N037.yaml --group rows first` when there are
// none.

std::filesystem::path require_flux(const Dataset& dataset, std::string_view label);
std::filesystem::path require_fit(const Dataset& dataset, std::string_view label, PixelGroup group);
std::filesystem::path require_matrices(const Dataset& dataset, std::string_view label, PixelGroup group);

}  // namespace velocal
