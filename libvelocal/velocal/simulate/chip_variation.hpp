// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "velocal/descriptor/dataset.hpp"

namespace velocal {

/// Seed of all that is drawn for the dataset's chip: `seed` itself, or where the descriptor has many chips one of the
/// chip's own. It does not depend on which other chips there are.
std::uint64_t chip_seed(const Dataset& dataset, std::uint64_t seed);

/// The scan as this chip is drawn: gain, noise and illumination off the descriptor's by its draw from simulation.chips,
/// the same in all scans of the chip, and its fault. Shares below 0.1 of the descriptor's value are drawn as 0.1. The
/// scan has to have its `simulation`; of a descriptor with one chip it stays as it is.
ScanSettings scan_of_chip(const Dataset& dataset, ScanSettings scan, std::uint64_t seed);

}  // namespace velocal
