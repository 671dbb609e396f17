// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// A picture for each label, with the fits of all datasets that have it. The scans, at least one, have their fits.
/// Throws InputError, naming the first scan without stacked residuals; asked for everything, it leaves these scans out.
std::vector<Picture> residual_pictures(const std::vector<PlottedScan>& scans, const PictureRequest& request);

/// The stacked residuals of fits of one scan against E - E0, a colour each; with what they say in the legend.
Figure residual_figure(const std::vector<PlottedScan>& fits);

/// "shape off by 2.4 % of the flux at the line (52 σ)" or "shape holds (2.1 σ)".
std::string shape_text(const ResidualSummary& summary);

}  // namespace velocal
