// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture_format.hpp"
#include "velocal/plot/gnuplot/gnuplot_data.hpp"

namespace velocal {

/// The commands that write the picture to the file `output`, or with "" to gnuplot's standard output. The data go where
/// `data` puts them.
std::string gnuplot_commands(const Figure& figure, PictureFormat format, std::string_view output, GnuplotData& data);

}  // namespace velocal
