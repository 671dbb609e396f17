// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/plot/figure/asic_reference.hpp"
#include "velocal/plot/figure/figure.hpp"

// What every kind of picture takes and gives: results and a request become pictures.

namespace velocal {

/// One picture to be drawn. It keeps views of the results, which must live until it is.
struct Picture {
  std::string name;                         ///< of its file, without ending
  std::function<Figure()> draw;             ///< may be called on any thread
  std::function<std::string()> table = {};  ///< the numbers drawn as CSV, to go beside the picture; empty: none
};

/// A circle of pixels.
struct PixelArea {
  Pixel centre;
  double radius;
};

/// Panels below the flux, and its axis.
struct FluxPanels {
  bool residuals = false;
  bool pulls = false;
  bool log = false;  ///< the flux on a logarithmic axis
};

/// Which pictures of a kind are wanted. Each kind looks at what concerns it.
struct PictureRequest {
  std::vector<std::string> parameters = {};  ///< none: those that the kind shows by itself
  std::vector<Pixel> pixels = {};            ///< whose flux is shown
  std::optional<PixelArea> area = {};        ///< the flux of some of its pixels is shown
  bool asic = false;                         ///< the flux of the ASIC is shown
  bool asic_good = false;                    ///< the mean flux of the good pixels is shown
  FluxPanels below = {};
  std::optional<DiscrepancyReference> discrepancy = {};
  bool qq = false;                    ///< normal plots
  std::optional<double> charge = {};  ///< electrons, above 0: the threshold for it is shown
  std::optional<Range> colours = {};  ///< values at the ends of a map's colours
  std::optional<int> threshold = {};  ///< a map of the hits at this threshold [DAC]
  Palette palette = Palette::viridis;
  bool all = false;  ///< every picture that the kind makes unasked
};

}  // namespace velocal
