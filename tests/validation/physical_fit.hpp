// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "fit_quality.hpp"
#include "physical_chip.hpp"

namespace velocal::test {

/// Pixels from first principles, fitted with `model`; the physical one has the cloud's width of the chip.
struct PhysicalFit {
  PhysicalSettings truth;
  double live_time_s;
  std::string model;
  FitQuality quality;
  Sample gain_shift = {};  ///< K/K(truth) - 1 [%], pair energy and measured baseline included
  std::optional<SharedParameter> sigma = {};
  double residual_significance = 0.0;  ///< of the largest stacked residual [standard deviations]; NaN if unknown

  /// Uncertainty of the mean shift of the target [DAC]; that of the cloud's width is common to all pixels.
  double shift_error() const;
  double gain_error() const;  ///< of the mean shift of K [%], in the same way
  double sigma_pull() const;
  std::string sigma_text() const;  ///< value ± error; "-" where the model has none
  const Pulls& target_pulls() const;
};

/// What there is to be fitted. The chip has to live as long.
struct Seen {
  const PhysicalChip& chip;
  double live_time_s;
  FluxCube cube;
};
Seen seen(const PhysicalChip& chip, double live_time_s, int first = lowest_threshold);

/// With poisson; `scan` says what the analysis believes of source and sensor. The physical curve shares sigma.
PhysicalFit fit_as(const Seen& seen, const std::string& model, const ScanSettings& scan);
/// With the source and the sensor that the pixels were drawn from.
PhysicalFit fit_rightly(const Seen& seen, const std::string& model);
/// The physical curve with a width of the cloud that is not fitted.
PhysicalFit fit_with_cloud(const Seen& seen, double sigma_um);

}  // namespace velocal::test
