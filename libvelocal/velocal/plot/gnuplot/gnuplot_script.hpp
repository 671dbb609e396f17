// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "velocal/plot/figure/figure.hpp"

namespace velocal {

enum class PictureFormat { png, pdf, svg };

/// "png", "pdf", "svg": also the ending of the file's name.
std::string_view format_name(PictureFormat format);
/// Throws UsageError naming the formats there are.
PictureFormat parse_format(std::string_view name);

/// What gnuplot reads on its standard input to write the picture to its standard output: commands with the data
/// between them, in binary.
std::string gnuplot_input(const Figure& figure, PictureFormat format);

/// The same to keep: `gnuplot <name>.gp` in their folder makes `<name>.<format>` from `<name>.dat`.
struct GnuplotScript {
  std::string commands;  ///< of <name>.gp
  std::string data;      ///< of <name>.dat: float64 as this computer has them
};
GnuplotScript gnuplot_script(const Figure& figure, PictureFormat format, std::string_view name);

}  // namespace velocal
