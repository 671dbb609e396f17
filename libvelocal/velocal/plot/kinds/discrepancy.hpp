// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

// The distance of the pixels' values from that of the whole ASIC, or from a number.

namespace velocal {

/// Whether pixels and ASIC have a value with an uncertainty to be compared; chi2/ndf and the flux have none.
bool has_discrepancy(std::string_view quantity);

/// Throws UsageError where a number is to be compared with more or fewer parameters than one.
void require_one_parameter(const PictureRequest& request);
/// "(K − ASIC)/√(u² + u²(ASIC))", "(K − 13)/u(K)"
std::string discrepancy_label(const PixelQuantity& quantity, const DiscrepancyReference& reference);

/// (value - ASIC)/sqrt(u^2 + u_ASIC^2) of each pixel, (value - number)/u; NaN where undefined.
/// Throws UsageError for a quantity without uncertainties, InputError when the ASIC has no value.
std::vector<double> discrepancies(const PixelQuantity& quantity, const DiscrepancyReference& reference);

/// Their histogram from -10 to 10. The part within +-3 is coloured; the legend has its share of the pixels with a
/// value, and of all live ones. The scan has its fit.
Figure discrepancy_figure(const PlottedScan& scan, const PixelQuantity& quantity,
                          const DiscrepancyReference& reference);
Panel discrepancy_panel(const PlottedScan& scan, const PixelQuantity& quantity, const DiscrepancyReference& reference,
                        const Figure& figure, Panel placed);

/// The figure as a picture. Throws as discrepancies() does, before anything is drawn.
Picture discrepancy_picture(const PlottedScan& scan, const PixelQuantity& quantity,
                            const DiscrepancyReference& reference);

}  // namespace velocal
