// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/descriptor/fields.hpp"

namespace velocal {

/// One entry of `scans`. `parameters`: names of the model's parameters, in order. Throws DescriptorError.
ScanSettings read_scan(const Field& field, const FitSettings& fit, const std::vector<std::string>& parameters);

}  // namespace velocal
