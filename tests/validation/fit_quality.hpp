// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <map>
#include <string>

#include "fit/drawn_scan.hpp"
#include "population.hpp"
#include "velocal/calibration/calibration.hpp"

namespace velocal::test {

/// Pulls (fit - truth)/error of one quantity.
class Pulls {
 public:
  void add(double pull);
  double size() const { return sample_.size(); }
  double mean() const { return sample_.mean(); }
  double width() const { return sample_.deviation(); }
  /// Share of truths within the 68.27 % interval, +- 1 error, and the 95 % interval, +- 1.96 errors.
  double coverage_68() const { return within_1_ / size(); }
  double coverage_95() const { return within_2_ / size(); }

 private:
  Sample sample_;
  double within_1_ = 0.0;
  double within_2_ = 0.0;
};

/// How the fits of some pixels compare with what the pixels were drawn from.
struct FitQuality {
  double pixels = 0.0;
  std::array<double, status_reason_names.size()> reasons{};  ///< number of pixels, by StatusReason
  /// Over the good pixels, by name: "E0", "s", "s2" (where both model and truth have one), "target", each with the
  /// errors of the fit; "E0 scaled", with `scaled` ones.
  std::map<std::string, Pulls> pulls;
  Sample line_shift;         ///< E0 - truth [DAC]
  Sample target_shift;       ///< target - truth [DAC], with the measured baseline
  Sample gain_shift;         ///< K/K(truth) - 1 with the true baseline [%]
  double evaluations = 0.0;  ///< mean, over the pixels that were fitted

  double share(StatusReason reason) const { return reasons[static_cast<std::size_t>(reason)] / pixels; }
  double good() const { return share(StatusReason::none); }
  double not_found() const;
  /// Share rejected by the goodness of fit of all that were tested.
  double rejection_rate() const;
};

/// Adds one pixel of a fit with `absolute` errors; `target` is target_matrix() of the fit.
void add_pixel(FitQuality& quality, const ScanFit& fit, const UncertainMatrix& target, const Population& truth,
               std::size_t pixel);

FitQuality quality_of(const ScanFit& fit, const Population& truth);

}  // namespace velocal::test
