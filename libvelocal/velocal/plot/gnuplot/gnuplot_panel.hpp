// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/gnuplot/gnuplot_data.hpp"

namespace velocal {

/// Adds the commands that draw the panel to the text.
void write_gnuplot_panel(const Panel& panel, std::string& text, GnuplotData& data);

}  // namespace velocal
