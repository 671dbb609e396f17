// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// Throws UsageError when the request names a summary other than gain, pixels and energy.
void check_summary_request(const PictureRequest& request);

/// The summaries named as the request's parameters, or all of them, each with its table. The scans, at least one, have
/// their calibration; the first of each label is the reference, the others of that label are its variants.
std::vector<Picture> summary_pictures(const std::vector<PlottedScan>& scans, const PictureRequest& request);

}  // namespace velocal
