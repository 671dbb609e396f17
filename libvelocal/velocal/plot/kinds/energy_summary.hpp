// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/plot/kinds/summary_rows.hpp"

namespace velocal {

/// Photon energy and number of electrons against the mean target, and the line that the chip was designed for. The
/// target's error is total: error of the mean and systematic uncertainty in quadrature.
SummaryPicture energy_summary(const SummaryRows& scans);

}  // namespace velocal
