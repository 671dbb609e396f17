// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <memory>

#include "plot/plot_kinds.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/plot/kinds/collection.hpp"
#include "velocal/plot/kinds/summary.hpp"

namespace velocal {
namespace {

/// With even or odd columns asked for, both.
std::vector<PixelGroup> collected_groups(PixelGroup asked) {
  if (asked == PixelGroup::even || asked == PixelGroup::odd) return {PixelGroup::even, PixelGroup::odd};
  return {asked};
}

std::string collection_name(const PlotContext& context) {
  std::string name = "collection";
  const PixelGroup group = context.session.group;
  if (group == PixelGroup::rows) name += "-rows";
  if (group == PixelGroup::even || group == PixelGroup::odd) name += "-even-odd";
  for (const std::string& parameter : context.request.parameters) name += "-" + parameter;
  if (context.request.discrepancy) name += fmt::format("-discrepancy-{}", reference_name(*context.request.discrepancy));
  if (context.request.qq) name += "-qq";
  return name;
}

/// Of the labels asked for, what each dataset has.
std::vector<SummaryEntry> summary_entries(const PlotContext& context) {
  std::vector<const Dataset*> datasets{&context.session.dataset};
  for (const Dataset& other : context.session.others) datasets.push_back(&other);
  std::vector<SummaryEntry> entries;
  for (const Dataset* dataset : datasets) {
    const std::size_t before = entries.size();
    for (const ScanSettings& scan : dataset->scans) {
      const auto same = [&](const ScanSettings& asked) { return asked.label == scan.label; };
      if (std::ranges::none_of(context.session.scans, same)) continue;
      PlotResults& results = context.shelf.of(*dataset, scan.label, context.session.group);
      entries.push_back({dataset->name, scan.label, &results.calibration(), dataset->source});
    }
    if (entries.size() == before) dataset->scan(context.session.scans.front().label);  // says what it has
  }
  return entries;
}

struct Summary {
  const char* name;
  SummaryPicture (*draw)(const std::vector<SummaryEntry>&);
};
constexpr std::array<Summary, 3> summaries{
    {{"gain", gain_summary}, {"pixels", pixel_summary}, {"energy", energy_summary}}};

void require_summary(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Summary& summary : summaries) names.emplace_back(summary.name);
  if (std::ranges::count(names, name) > 0) return;
  throw UsageError(fmt::format("there is no summary of \"{}\"", name),
                   fmt::format("there are {}", fmt::join(names, ", ")), did_you_mean(name, names));
}

}  // namespace

std::vector<Picture> collection_pictures(const PlotContext& context) {
  std::vector<PlottedScan> scans;
  for (const ScanSettings& scan : context.session.scans) {
    for (const PixelGroup group : collected_groups(context.session.group)) {
      PlotResults& results = context.shelf.of(context.session.dataset, scan.label, group);
      results.calibration();
      results.fit();
      scans.push_back(results.view());
    }
  }
  CollectionOptions options{.discrepancy = context.request.discrepancy, .qq = context.request.qq};
  if (!context.request.parameters.empty()) options.parameters = context.request.parameters;
  for (const PlottedScan& scan : scans) {
    for (const std::string& parameter : options.parameters) {
      const PixelQuantity quantity = find_quantity(scan, parameter);
      if (options.discrepancy) discrepancies(quantity, *options.discrepancy);  // says now what is missing
    }
  }
  return {{context.dataset_folder(), collection_name(context),
           [scans, options, title = context.session.dataset.name] { return collection(title, scans, options); }}};
}

std::vector<Picture> summary_pictures(const PlotContext& context) {
  const auto& asked = context.request.parameters;
  for (const std::string& name : asked) require_summary(name);
  const std::vector<SummaryEntry> entries = summary_entries(context);
  const std::string group =
      context.session.group == PixelGroup::all ? "" : fmt::format("-{}", group_name(context.session.group));
  std::vector<Picture> pictures;
  for (const Summary& summary : summaries) {
    if (!asked.empty() && std::ranges::count(asked, summary.name) == 0) continue;
    const auto drawn = std::make_shared<const SummaryPicture>(summary.draw(entries));
    pictures.push_back({context.common_folder(), fmt::format("summary-{}{}", summary.name, group),
                        [drawn] { return drawn->figure; }, [drawn] { return drawn->table; }});
  }
  return pictures;
}

}  // namespace velocal
