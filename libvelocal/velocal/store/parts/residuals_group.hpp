// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include "velocal/fit/curves/stacked_residuals.hpp"

namespace velocal {

/// Group `residuals`: the stack as a curve over E - E0, the expected flux, and what the stack says in short.
void write_residuals(const H5::Group& root, const StackedResiduals& stack);
/// No bins where the file is older than the group.
StackedResiduals read_residuals(const H5::Group& root);

}  // namespace velocal
