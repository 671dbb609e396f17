// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "shell/program.hpp"
#include "velocal/core/pixel_matrix.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture_format.hpp"
#include "velocal/plot/kinds/distribution.hpp"
#include "velocal/plot/kinds/flux_curve.hpp"

namespace velocal {

/// A circle of pixels.
struct PixelArea {
  Pixel centre;
  double radius;
};

/// What the command line of velocal-plot asks for.
struct PlotRequest {
  std::string kind;
  std::vector<std::string> parameters;  ///< none: all that there are
  PictureFormat format = PictureFormat::png;
  std::optional<std::filesystem::path> output;
  bool script = false;
  std::string title;  ///< "": that of the scan
  std::vector<Pixel> pixels;
  std::optional<PixelArea> area;
  bool asic = false;
  bool asic_good = false;
  FluxPanels below;
  std::optional<AsicReference> discrepancy;
  bool qq = false;
  Palette palette = Palette::viridis;
};

/// The options of velocal-plot; they fill `request`, which must live as long. The kind is the word before the
/// descriptors.
std::vector<ProgramOption> plot_options(PlotRequest& request);
LeadingWord plot_kind_word(PlotRequest& request);

}  // namespace velocal
