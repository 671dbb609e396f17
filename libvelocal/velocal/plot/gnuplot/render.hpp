// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/gnuplot/gnuplot_script.hpp"

namespace velocal {

/// The whole picture file, drawn by one gnuplot process in memory: no file is touched.
/// Throws OutputError when gnuplot is not there (naming the Debian package), ends badly (with its own words), or leaves
/// an incomplete picture, which it does without a word when it runs out of space.
std::string render(const Figure& figure, PictureFormat format);

/// The file begins and ends as its format wants.
bool is_complete_picture(std::string_view contents, PictureFormat format);

}  // namespace velocal
