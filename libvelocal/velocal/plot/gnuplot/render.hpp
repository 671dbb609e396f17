// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture_format.hpp"

// The way from a figure to a picture, and the only header of this folder that others need.

namespace velocal {

/// The whole picture file, drawn by one gnuplot process in memory: no file is touched.
/// Throws OutputError when gnuplot is not there (naming the Debian package), when it ends badly (with its own words),
/// and when it leaves an incomplete picture, which it does without a word when it runs out of space.
std::string render(const Figure& figure, PictureFormat format);

/// The file begins and ends as its format wants.
bool is_complete_picture(std::string_view contents, PictureFormat format);

/// What makes the picture again: `gnuplot <name>.gp` in the folder of both files writes `<name>.<format>`.
struct PictureScript {
  std::string commands;  ///< of <name>.gp
  std::string data;      ///< of <name>.dat: float64 as this computer has them
};
PictureScript picture_script(const Figure& figure, PictureFormat format, std::string_view name);

}  // namespace velocal
