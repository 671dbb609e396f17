// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "velocal/core/histogram.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// Histogram over the pixels with lines for mean, ASIC and ASICgood.
Figure distribution(const PlottedScan& scan, const PixelQuantity& quantity);
/// Its panel; the figure's size and the panel's place decide how much room the legend takes.
Panel distribution_panel(const PlottedScan& scan, const PixelQuantity& quantity, const Figure& figure, Panel placed);

enum class AsicReference { asic, asic_good };
/// "asic", "asic-good"; throws UsageError.
AsicReference parse_asic_reference(std::string_view word);
std::string_view reference_name(AsicReference reference);    ///< "asic", "asic-good"
std::string_view reference_symbol(AsicReference reference);  ///< "ASIC", "ASICgood"

/// (value - ASIC)/sqrt(u^2 + u_ASIC^2) of each pixel; NaN where undefined.
/// Throws UsageError when the quantity has no uncertainties, InputError when the ASIC has no value.
std::vector<double> discrepancies(const PixelQuantity& quantity, AsicReference reference);

/// Their histogram from -10 to 10, the part within +-3 coloured, with its share of the pixels that have a value and of
/// all live ones.
Figure discrepancy_figure(const PlottedScan& scan, const PixelQuantity& quantity, AsicReference reference);
Panel discrepancy_panel(const PlottedScan& scan, const PixelQuantity& quantity, AsicReference reference,
                        const Figure& figure, Panel placed);

}  // namespace velocal
