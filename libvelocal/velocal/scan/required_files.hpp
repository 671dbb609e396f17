// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/descriptor/dataset.hpp"

namespace velocal {

/// Checks that each acquisition that the descriptor does not reject has its file.
/// Throws InputError that counts all missing files and names the first five.
void require_acquisitions(const Dataset& dataset, const ScanSettings& scan);

}  // namespace velocal
