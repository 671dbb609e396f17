// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "velocal/core/quantity.hpp"

namespace velocal {

// Names of the quantities as HDF5 wants them: members of files.
inline const std::string target_name(quantity::target);
inline const std::string gain_name(quantity::gain);

}  // namespace velocal
