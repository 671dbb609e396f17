// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <string>

#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// Group of a curve of the whole ASIC and its fit: `curve`, `names`, `units`, `value`, `value_errors`, `covariance`;
/// attributes `found`, `chi2`, `ndf`. Returns the group, for what else is known of the curve.
H5::Group write_asic_fit(const H5::Group& parent, const std::string& name, const AsicFit& asic);
AsicFit read_asic_fit(const H5::Group& group);

}  // namespace velocal
