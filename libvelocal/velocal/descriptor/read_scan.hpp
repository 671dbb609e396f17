// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/descriptor/fields.hpp"

namespace velocal {

/// One entry of `scans`. `parameters`: of the model, in order. Throws DescriptorError.
ScanSettings read_scan(const Field& field, const FitSettings& fit, const std::vector<std::string>& parameters);

/// Section `simulation` of a scan whose other values are known. Throws DescriptorError.
SimulationSettings read_simulation(const Field& field, const ScanSettings& scan);

}  // namespace velocal
