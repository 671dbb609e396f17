// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace velocal {

/// Value that chi2 of `ndf` > 0 degrees of freedom exceeds with the probability `significance`, within (0, 1).
double chi2_quantile(double significance, int ndf);

}  // namespace velocal
