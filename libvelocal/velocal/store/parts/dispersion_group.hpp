// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include "velocal/core/uncertain.hpp"

namespace velocal {

/// Writes the group `dispersion`.
void write_dispersion(const H5::Group& root, Uncertain dispersion);
/// NaN where the file is older than it.
Uncertain read_dispersion(const H5::Group& root);

}  // namespace velocal
