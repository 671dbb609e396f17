// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "velocal/calibration/calibration.hpp"
#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/scan/pixel_group.hpp"

namespace velocal {

/// The results of one scan and group, as far as they are there; a view: they must live as long.
struct PlottedScan {
  std::string title;  ///< "N037/warm/even"
  std::string label;  ///< "warm"
  PixelGroup group = PixelGroup::all;
  const FluxCube* flux = nullptr;
  const ScanFit* fit = nullptr;
  const Calibration* calibration = nullptr;
};

/// One number a pixel with what the whole ASIC has for it.
struct PixelQuantity {
  std::string name;    ///< as on the command line and in file names: "E0", "chi2_ndf"
  std::string symbol;  ///< as printed: "χ²/ndf"
  std::string unit;    ///< "" = dimensionless
  std::string pixels;  ///< which have a value: "good pixels"
  PixelMatrix<double> value = PixelMatrix<double>(undefined);
  PixelMatrix<double> error = PixelMatrix<double>(undefined);  ///< all NaN: not known
  Uncertain asic = {};
  Uncertain asic_good = {};
};

/// Names of what the results at hand have: the model's parameters, "chi2_ndf", "target", "K", "flux".
std::vector<std::string> quantity_names(const PlottedScan& scan);

/// Throws UsageError naming what there is.
PixelQuantity find_quantity(const PlottedScan& scan, std::string_view name);

}  // namespace velocal
