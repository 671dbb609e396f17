// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/plot/kinds/collection.hpp"
#include "velocal/plot/kinds/detector.hpp"
#include "velocal/plot/kinds/distribution.hpp"
#include "velocal/plot/kinds/flux_pictures.hpp"
#include "velocal/plot/kinds/heatmap.hpp"
#include "velocal/plot/kinds/quality.hpp"
#include "velocal/plot/kinds/recipe.hpp"
#include "velocal/plot/kinds/residuals.hpp"
#include "velocal/plot/kinds/summary.hpp"

namespace velocal {

const std::vector<PlotKind>& plot_kinds() {
  using enum ResultFile;
  static const std::vector<PlotKind> kinds{
      {.name = "heatmap",
       .meaning = "a parameter of all pixels by colour; also status and flux",
       .options = {"param", "palette", "range", "threshold"},
       .needs_depend_on_parameters = true,
       .of_scan = heatmap_pictures},
      {.name = "distribution",
       .meaning = "histogram of a parameter over the good pixels",
       .options = {"param", "discrepancy", "qq"},
       .needs = {fit},
       .needs_depend_on_parameters = true,
       .of_scan = distribution_pictures},
      {.name = "flux",
       .meaning = "flux against threshold with its fit, of pixels and of the ASIC",
       .options = {"pixel", "area", "asic", "asic-good", "residuals", "pulls", "log"},
       .needs = {flux, fit},
       .of_scan = flux_pictures},
      {.name = "quality",
       .meaning = "one page on a scan",
       .options = {"palette"},
       .needs = {flux, fit, matrices},
       .of_scan = quality_pictures},
      {.name = "recipe",
       .meaning = "charges at which the pixels fire when the threshold is that of --charge",
       .options = {"charge"},
       .needs = {fit, matrices},
       .takes_trims = true,
       .of_scan = recipe_pictures,
       .check = check_recipe_request},
      {.name = "collection",
       .meaning = "target and K of all scans in one figure",
       .options = {"param", "discrepancy", "qq"},
       .needs = {matrices, fit},
       .of_scans = collection_pictures,
       .even_with_odd = true},
      {.name = "residuals",
       .meaning = "what the fits lack, stacked over the good pixels, of one dataset or more",
       .needs = {fit},
       .of_scans = residual_pictures,
       .several_datasets = true},
      {.name = "summary",
       .meaning = "K, good pixels and photon energy of one dataset or more (--param gain, pixels, energy)",
       .options = {"param", "collection"},
       .needs = {matrices},
       .of_scans = summary_pictures,
       .several_datasets = true,
       .check = check_summary_request},
      {.name = "detector",
       .meaning = "all chips in the VELO's arrangement, and their distributions (--quantity)",
       .options = {"quantity", "palette"},
       .of_detector = detector_pictures,
       .check = check_detector_request},
      {.name = "all", .meaning = "everything that the results at hand allow", .options = {"palette", "charge"}}};
  return kinds;
}

const PlotKind& find_plot_kind(std::string_view name) {
  const auto found = std::ranges::find(plot_kinds(), name, &PlotKind::name);
  if (found != plot_kinds().end()) return *found;
  std::vector<std::string_view> names;
  for (const PlotKind& kind : plot_kinds()) names.push_back(kind.name);
  throw UsageError(fmt::format("unknown kind of picture \"{}\"", name),
                   fmt::format("there are {}", fmt::join(names, ", ")), did_you_mean(name, names));
}

std::string plot_kind_list() {
  std::string text;
  for (const PlotKind& kind : plot_kinds()) text += fmt::format("  {:<14}{}\n", kind.name, kind.meaning);
  return text;
}

void check_options(const PlotRequest& request) {
  for (const std::string& option : request.options) {
    std::vector<std::string_view> takers;
    for (const PlotKind& kind : plot_kinds()) {
      if (std::ranges::count(kind.options, option) > 0) takers.push_back(kind.name);
    }
    if (takers.empty() || std::ranges::count(takers, request.kind) > 0) continue;
    throw UsageError(fmt::format("--{} does not go with {}", option, request.kind), {},
                     fmt::format("It goes with {}", fmt::join(takers, ", ")));
  }
}

}  // namespace velocal
