// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "velocal/model/photon_line.hpp"
#include "velocal/simulate/charge_shares.hpp"

namespace velocal {

/// Signals that photons leave in pixels, in units of the target (the signal of a whole photon of the first line).
struct Signal {
  double height;    ///< > 0
  double variance;  ///< of Fano's fluctuations
  double pixels;    ///< number of pixels with such a signal, a photon of any line
};

/// The signals of all lines, in ascending order of height. `shares` has one entry a line.
std::vector<Signal> signals_of(std::span<const PhotonLine> lines, std::span<const ChargeShares> shares);

/// F/R of signals under one noise: the number of pixels a photon that pass a threshold. What the noise alone would make
/// pass is taken off, so that photons far away do not count with it.
class SmearedSignals {
 public:
  /// `noise`: s over the target, > 0.
  SmearedSignals(std::span<const Signal> signals, double noise);

  /// `threshold`: above the baseline, over the target.
  double operator()(double threshold) const;

  /// Above this threshold nothing is left, to 1e-9.
  double end() const { return end_; }

 private:
  double noise_;
  double reach_ = 0.0;  ///< signals further away than this pass, or do not
  double end_ = 0.0;
  std::vector<double> height_;         ///< ascending
  std::vector<double> inverse_width_;  ///< 1/√(noise² + Fano's variance)
  std::vector<double> pixels_;
  std::vector<double> pixels_from_;  ///< [signals + 1] number of pixels with this signal or a higher one
};

}  // namespace velocal
