// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "velocal/core/uncertain.hpp"

namespace velocal {

/// Where a photon line lies in a pixel or in a curve of the chip.
struct LinePosition {
  double pairs = 0.0;   ///< that its photons make
  double target = 0.0;  ///< above the noise baseline [DAC]
  double error = 0.0;   ///< of the target, independent of the other lines' [DAC], > 0
};

/// The straight line target = offset + pairs/K through the positions of several photon lines.
struct GainLine {
  Uncertain offset;  ///< target of no charge [DAC]; 0 where the noise baseline is the zero of the charge
  Uncertain gain;    ///< K [e-/DAC]
  double chi2 = undefined;
  int ndf = 0;  ///< positions - 2; 0: there is nothing to test
};

/// Weighted least squares. Undefined for fewer than two positions, for positions of one number of pairs, and where the
/// target does not rise with the pairs.
GainLine fit_gain_line(std::span<const LinePosition> positions);

}  // namespace velocal
