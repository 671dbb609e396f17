// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/uncertain.hpp"

namespace velocal {

/// One cause of uncertainty.
struct BudgetRow {
  std::string cause;          ///< what it comes from, as the report names it
  bool common = false;        ///< to all pixels: no mean over them makes it smaller. Else each pixel has its own
  double target = undefined;  ///< u(target) [DAC]; of a pixel's own causes the median over the pixels
  double gain = undefined;    ///< what that makes of K [e-/DAC]
};

/// What the uncertainties of targets and gains are made of, in the order of the rows.
struct Budget {
  std::vector<BudgetRow> rows;  ///< a cause each; empty where no pixel has a target

  double common_target() const;  ///< quadratic sum of the causes that are common [DAC]; 0 where there are none
  double common_gain() const;    ///< the same of K [e-/DAC]
};

/// How far the chip's noise moves between two noise scans, and with it all baselines [DAC]: what two real ones of one
/// chip differ by (docs/physics.md, "Uncertainty of the baseline").
inline constexpr double usual_baseline_drift = 0.28;
inline constexpr std::string_view baseline_drift = "baseline drift";  ///< its cause in the budget

/// Relative uncertainty of a K-beta/K-alpha ratio: the tables of Fe-55 give 0.12 to 0.145, a flat spread of which this
/// is the standard deviation.
inline constexpr double usual_ratio_uncertainty = 0.053;

}  // namespace velocal
