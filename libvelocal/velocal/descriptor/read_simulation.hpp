// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/descriptor/fields.hpp"

namespace velocal {

/// Section `simulation` of a scan whose other values are known. Throws DescriptorError.
SimulationSettings read_simulation(const Field& field, const ScanSettings& scan);

}  // namespace velocal
