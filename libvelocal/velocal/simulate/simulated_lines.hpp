// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/model/photon_line.hpp"

namespace velocal {

/// The lines of the dataset's source, as the sensor absorbs them: those of the built-in source of that name. Throws
/// DescriptorError where there is none.
std::vector<PhotonLine> simulated_lines(const Dataset& dataset, const Sensor& sensor);

}  // namespace velocal
