// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/descriptor/fields.hpp"

namespace velocal {

/// One entry of `scans`; of the dataset, source, sensor and fit count. `parameters`: names of the model's parameters,
/// in order. Throws DescriptorError.
ScanSettings read_scan(const Field& field, const Dataset& dataset, const std::vector<std::string>& parameters,
                       const Vocabulary& vocabulary);

}  // namespace velocal
