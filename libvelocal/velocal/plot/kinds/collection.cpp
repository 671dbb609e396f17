// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/collection.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "velocal/core/quantity.hpp"
#include "velocal/plot/figure/style.hpp"
#include "velocal/plot/kinds/collection_panels.hpp"
#include "velocal/plot/kinds/discrepancy.hpp"

namespace velocal {
namespace {

using Scans = std::vector<PlottedScan>;

std::vector<std::string> parameters_of(const PictureRequest& request) {
  if (!request.parameters.empty()) return request.parameters;
  return {std::string(quantity::target), std::string(quantity::gain)};
}

bool has_group(const Scans& scans, PixelGroup group) {
  return std::ranges::any_of(scans, [&](const PlottedScan& scan) { return scan.group == group; });
}

std::string collection_name(const Scans& scans, const PictureRequest& request) {
  std::string name = "collection";
  if (has_group(scans, PixelGroup::rows)) name += "-rows";
  if (has_group(scans, PixelGroup::even)) name += "-even-odd";
  for (const std::string& parameter : request.parameters) name += "-" + parameter;
  if (request.discrepancy) name += fmt::format("-discrepancy-{}", reference_name(*request.discrepancy));
  if (request.qq) name += "-qq";
  return name;
}

CollectionEntry entry_of(const PlottedScan& scan, std::size_t place, const std::string& parameter,
                         const PictureRequest& request) {
  CollectionEntry entry{.name = scan.label,
                        .group = scan.group,
                        .label = scan.label,
                        .colour = style::scan_colour(scan.label, place),
                        .quantity = find_quantity(scan, parameter)};
  if (scan.group != PixelGroup::all) entry.name += fmt::format("/{}", group_name(scan.group));
  if (scan.group == PixelGroup::odd) entry.colour = style::lighter(entry.colour, 0.45);
  entry.values = finite_values(entry.quantity.value.values());
  entry.found = moments(entry.values);
  if (request.discrepancy) entry.discrepancy = finite_values(discrepancies(entry.quantity, *request.discrepancy));
  return entry;
}

CollectionEntries entries_of(const Scans& scans, const std::string& parameter, const PictureRequest& request) {
  CollectionEntries entries;
  for (const PlottedScan& scan : scans) entries.push_back(entry_of(scan, entries.size(), parameter, request));
  return entries;
}

/// Throws where something that is asked for is not there.
void require_quantities(const Scans& scans, const PictureRequest& request) {
  require_one_parameter(request);
  for (const PlottedScan& scan : scans) {
    for (const std::string& parameter : parameters_of(request)) {
      const PixelQuantity quantity = find_quantity(scan, parameter);
      if (request.discrepancy) discrepancies(quantity, *request.discrepancy);
    }
  }
}

}  // namespace

std::vector<Picture> collection_pictures(const std::vector<PlottedScan>& scans, const PictureRequest& request) {
  require_quantities(scans, request);
  return {{collection_name(scans, request),
           [scans, request] { return collection(scans.front().dataset, scans, request); }}};
}

Figure collection(const std::string& title, const std::vector<PlottedScan>& scans, const PictureRequest& request) {
  const std::vector<std::string> parameters = parameters_of(request);
  const bool pairs = has_group(scans, PixelGroup::even) && has_group(scans, PixelGroup::odd);
  const int rows = 1 + (pairs ? 1 : 0) + (request.discrepancy ? 1 : 0) + (request.qq ? 1 : 0);
  const int columns = static_cast<int>(parameters.size());
  Figure figure{.width = 380.0 * columns,
                .height = style::title_height + 300.0 * rows,
                .title = title,
                .subtitle = "lines: mean (solid), ASIC (dashed), ASICgood (dotted)"};
  for (int column = 0; column < columns; ++column) {
    const std::string& parameter = parameters[static_cast<std::size_t>(column)];
    const CollectionEntries entries = entries_of(scans, parameter, request);
    const Histogram bins = common_bins(entries);
    int row = 0;
    const auto next = [&] {
      Panel panel;
      style::place(panel, figure, {row++, column}, {rows, columns}, {.top = 8.0});
      return panel;
    };
    figure.panels.push_back(histograms_panel(entries, bins, figure, next()));
    if (pairs) figure.panels.push_back(differences_panel(entries, bins, next()));
    if (request.discrepancy) {
      figure.panels.push_back(discrepancies_panel(entries, *request.discrepancy, figure, next()));
    }
    if (request.qq) figure.panels.push_back(normal_panel(entries, next()));
    for (const CollectionEntry& entry : entries) {
      figure.numbers.push_back({entry.name + " " + parameter, {entry.found.mean, entry.found.mean_error}});
    }
  }
  return figure;
}

}  // namespace velocal
