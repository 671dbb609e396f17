// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/calibration/calibration.hpp"
#include "velocal/calibration/gain_line.hpp"
#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/fit/scan_fit.hpp"

// Gain and zero of a chip from scans with several sources (docs/physics.md, "Several sources").

namespace velocal {

/// The line of one scan, by the first line of its source.
struct SourceLine {
  std::string label;       ///< of the scan
  std::string source;      ///< its name
  double energy_eV = 0.0;  ///< of its first line
  Uncertain pairs;         ///< that a photon of it makes
};

/// Throws UsageError when there are fewer than two lines, or two of one energy (within 1 %).
void require_different_lines(std::span<const SourceLine> lines);

/// Target of a curve of the chip [DAC], and the part of its error that is the line's own.
struct CurveTarget {
  Uncertain target;
  double line_error = undefined;
};

/// What one scan says of all pixels. Everything is NaN where a pixel has no target.
struct LineTargets {
  SourceLine line;
  UncertainMatrix target;
  PixelMatrix<double> line_error{undefined};  ///< part of the error that is the line's own
  PixelMatrix<double> baseline;               ///< noise baseline [DAC]; 0 where there is none
  double common_error = 0.0;                  ///< of all targets alike, in no error above [DAC]
  CurveTarget asic;
  CurveTarget asic_good;
};

/// `fit` and `calibration` are of the same scan and group.
LineTargets line_targets(SourceLine line, const ScanFit& fit, const Calibration& calibration);

/// What became of a pixel.
enum class GainStatus : std::uint8_t {
  good,
  not_straight,  ///< chi2 above its range; gain and offset are given all the same
  no_line,       ///< no scan has its target
  one_line,      ///< one scan has its target
  no_gain,       ///< the targets do not rise with the pairs, or K >= 50
};
inline constexpr std::array<std::string_view, 5> gain_status_names{"good", "not straight", "no line", "one line",
                                                                   "no gain"};

/// How far a line lies off the straight lines, over the pixels that have a gain.
struct LineResidual {
  std::size_t pixels = 0;  ///< that have this line
  Uncertain mean;          ///< target - offset - pairs/K [DAC], with the standard deviation/sqrt(pixels)
};

/// Gain and zero of each pixel and of the chip.
struct SourceGain {
  std::vector<SourceLine> lines;
  /// All scans have the same noise baseline, in every pixel that has one. Its error then moves all targets of a pixel
  /// alike: it is no part of the weights, and all of it is in the error of the offset.
  bool one_baseline = false;
  UncertainMatrix gain;    ///< K [e-/DAC]; without the common error
  UncertainMatrix offset;  ///< [DAC]
  PixelMatrix<double> chi2{undefined};
  PixelMatrix<std::int32_t> ndf;  ///< lines - 2; 0 where there is no gain
  PixelMatrix<std::uint8_t> status{static_cast<std::uint8_t>(GainStatus::no_line)};  ///< a GainStatus
  PixelMeans gain_means;
  PixelMeans offset_means;
  /// Errors of the means that no number of pixels makes smaller: of the lines' common errors, and for the gain of the
  /// pair energy, which is one for all lines: K times the largest u(pairs)/pairs.
  double common_gain_error = undefined;
  double common_offset_error = undefined;
  std::vector<LineResidual> residuals;  ///< in the order of the lines
  GainLine asic;
  GainLine asic_good;

  /// Pixels of this status.
  std::size_t count(GainStatus wanted) const;
};

/// `significance`: of the test whether a pixel's lines are straight, for three lines or more. Throws as
/// require_different_lines() does.
SourceGain source_gain(std::span<const LineTargets> scans, double significance);

}  // namespace velocal
