// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "plot/plot_kinds.hpp"
#include "velocal/core/error.hpp"
#include "velocal/plot/kinds/distribution.hpp"
#include "velocal/plot/kinds/flux_curve.hpp"
#include "velocal/plot/kinds/heatmap.hpp"
#include "velocal/plot/kinds/quality.hpp"

namespace velocal {
namespace {

constexpr std::size_t most_curves = 8;

/// Reads what the parameter is in, so that a file that is missing is told as such.
PlottedScan view_for(PlotResults& results, const std::string& parameter) {
  if (parameter == "flux") {
    results.flux();
  } else if (parameter == "target" || parameter == "K") {
    results.calibration();
  } else {
    results.fit();
  }
  return results.whole_view();
}

/// Of the request, or all there are.
std::vector<std::string> parameters_of(const PlotRequest& request, PlotResults& results) {
  if (!request.parameters.empty()) return request.parameters;
  if (!results.has_flux() && !results.has_matrices()) results.fit();  // says that there is nothing
  return quantity_names(results.whole_view());
}

std::string discrepancy_name(const std::string& parameter, AsicReference reference) {
  return fmt::format("distribution-{}-discrepancy-{}", parameter, reference_name(reference));
}

/// What `all` adds to the plain histograms: the distances of target and K to both values of the ASIC.
void add_discrepancies(const PlottedScan& scan, const std::filesystem::path& folder, std::vector<Picture>& pictures) {
  for (const std::string parameter : {"target", "K"}) {
    for (const AsicReference reference : {AsicReference::asic, AsicReference::asic_good}) {
      const PixelQuantity quantity = find_quantity(scan, parameter);
      const Uncertain& value = reference == AsicReference::asic ? quantity.asic : quantity.asic_good;
      if (!(value.error >= 0.0)) continue;
      pictures.push_back({folder, discrepancy_name(parameter, reference),
                          [=] { return discrepancy_figure(scan, quantity, reference); }});
    }
  }
}

std::string curves_name(const PlotRequest& request) {
  std::string name = "flux";
  for (const Pixel pixel : request.pixels) name += fmt::format("-{}-{}", pixel.row, pixel.column);
  if (request.area) {
    name += fmt::format("-area-{}-{}-{}", request.area->centre.row, request.area->centre.column, request.area->radius);
  }
  if (request.asic) name += "-asic";
  if (request.asic_good) name += "-asic-good";
  return name;
}

std::vector<FittedCurve> requested_curves(const PlotRequest& request, const PlottedScan& scan) {
  std::vector<Pixel> pixels = request.pixels;
  if (request.area) {
    const auto spread = spread_pixels(scan, request.area->centre, request.area->radius);
    pixels.insert(pixels.end(), spread.begin(), spread.end());
  }
  std::vector<FittedCurve> curves;
  for (const Pixel pixel : pixels) curves.push_back(fitted_pixel(scan, pixel));
  if (request.asic) curves.push_back(fitted_asic(*scan.fit, false));
  if (request.asic_good) curves.push_back(fitted_asic(*scan.fit, true));
  if (curves.size() > most_curves) {
    throw UsageError(fmt::format("{} curves in one picture", curves.size()),
                     fmt::format("more than {} cannot be told apart", most_curves), "Draw several pictures");
  }
  return curves;
}

Picture flux_picture(const PlotContext& context, const PlotRequest& request, const ScanSettings& scan) {
  const PlottedScan view = context.results(scan).view();
  return {context.scan_folder(scan), curves_name(request),
          [view, curves = requested_curves(request, view), below = request.below] {
            return flux_figure(view, curves, below);
          }};
}

/// What `all` draws: the ASIC, its good pixels, and a few pixels over the chip.
std::vector<PlotRequest> usual_curves(const PlotRequest& request, const ScanFit& fit) {
  PlotRequest asic = request, good = request, area = request;
  for (PlotRequest* each : {&asic, &good, &area}) each->below = {.residuals = false, .pulls = true};
  asic.asic = true;
  good.asic_good = true;
  area.area = PixelArea{{127, 128}, 100.0};
  if (count_statuses(fit.pixels).good == 0) return {asic, good};
  return {asic, good, area};
}

}  // namespace

std::vector<Picture> heatmap_pictures(const PlotContext& context, const ScanSettings& scan) {
  PlotResults& results = context.results(scan);
  const std::filesystem::path folder = context.scan_folder(scan);
  std::vector<Picture> pictures;
  const auto add_status = [&](const PlottedScan& view) {
    pictures.push_back({folder, "heatmap-status", [view] { return status_map(view.title, view.fit->pixels); }});
  };
  for (const std::string& parameter : parameters_of(context.request, results)) {
    const PlottedScan view = view_for(results, parameter);
    if (parameter == "status") {
      add_status(view);
      continue;
    }
    pictures.push_back({folder, "heatmap-" + parameter,
                        [view, quantity = find_quantity(view, parameter), palette = context.request.palette] {
                          return heatmap(view.title, quantity, palette);
                        }});
  }
  if (context.request.parameters.empty() && results.has_fit()) add_status(results.view());
  return pictures;
}

std::vector<Picture> distribution_pictures(const PlotContext& context, const ScanSettings& scan) {
  PlotResults& results = context.results(scan);
  const std::filesystem::path folder = context.scan_folder(scan);
  const auto reference = context.request.discrepancy;
  std::vector<Picture> pictures;
  for (const std::string& parameter : parameters_of(context.request, results)) {
    const PlottedScan view = view_for(results, parameter);
    if (parameter == "status")
      throw UsageError("the status has no distribution", "it is no number", "Draw its heatmap");
    const PixelQuantity quantity = find_quantity(view, parameter);
    if (!reference) {
      pictures.push_back({folder, "distribution-" + parameter, [=] { return distribution(view, quantity); }});
      continue;
    }
    const bool is_default = context.request.parameters.empty();
    if (is_default && (parameter == "flux" || parameter == "chi2_ndf")) continue;
    discrepancies(quantity, *reference);  // says now what is missing
    pictures.push_back({folder, discrepancy_name(parameter, *reference),
                        [=] { return discrepancy_figure(view, quantity, *reference); }});
  }
  if (context.request.kind == "all" && results.has_matrices()) add_discrepancies(results.view(), folder, pictures);
  return pictures;
}

std::vector<Picture> flux_pictures(const PlotContext& context, const ScanSettings& scan) {
  PlotResults& results = context.results(scan);
  results.flux();
  const ScanFit& fit = results.fit();
  std::vector<Picture> pictures;
  if (context.request.kind == "all") {
    for (const PlotRequest& request : usual_curves(context.request, fit)) {
      pictures.push_back(flux_picture(context, request, scan));
    }
    return pictures;
  }
  PlotRequest request = context.request;
  if (request.pixels.empty() && !request.area && !request.asic && !request.asic_good) request.pixels = {{127, 128}};
  return {flux_picture(context, request, scan)};
}

std::vector<Picture> quality_pictures(const PlotContext& context, const ScanSettings& scan) {
  PlotResults& results = context.results(scan);
  results.flux();
  results.fit();
  results.calibration();
  return {{context.scan_folder(scan), "quality",
           [view = results.view(), palette = context.request.palette] { return quality_page(view, palette); }}};
}

}  // namespace velocal
