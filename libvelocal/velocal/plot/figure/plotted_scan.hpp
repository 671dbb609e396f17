// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "velocal/calibration/calibration.hpp"
#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/noise/trim_steps.hpp"
#include "velocal/plot/figure/asic_reference.hpp"
#include "velocal/scan/pixel_group.hpp"

namespace velocal {

/// The results of one scan and group, as far as they are there. A view: they must live as long.
struct PlottedScan {
  std::string title;         ///< "N037/warm/even"
  std::string dataset = {};  ///< "N037"
  std::string label = {};    ///< "warm"
  PixelGroup group = PixelGroup::all;
  PhotonSource source = {};  ///< without energy: it is not known
  const FluxCube* flux = nullptr;
  const ScanFit* fit = nullptr;
  const Calibration* calibration = nullptr;
  const TrimSteps* trims = nullptr;
};

/// A quantity that each pixel has a value of, and the whole ASIC too.
struct PixelQuantity {
  std::string name;    ///< as on the command line and in file names (core/quantity.hpp)
  std::string symbol;  ///< as printed: "χ²/ndf"
  std::string unit;    ///< "" = dimensionless
  std::string pixels;  ///< which have a value: "good pixels"
  PixelMatrix<double> value = PixelMatrix<double>(undefined);
  PixelMatrix<double> error = PixelMatrix<double>(undefined);  ///< all NaN: not known
  Uncertain asic = {};
  Uncertain asic_good = {};

  /// The ASIC's value, or the number itself with the error 0.
  Uncertain of(const DiscrepancyReference& reference) const;
};

/// Names of the quantities in the results at hand: the model's parameters, "chi2_ndf", "target", "K", "flux".
std::vector<std::string> quantity_names(const PlottedScan& scan);

/// The quantity of that name. Throws UsageError naming those there are.
PixelQuantity find_quantity(const PlottedScan& scan, std::string_view name);

}  // namespace velocal
