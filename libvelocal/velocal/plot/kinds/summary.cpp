// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>

#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/plot/figure/status_categories.hpp"
#include "velocal/plot/kinds/energy_summary.hpp"
#include "velocal/plot/kinds/gain_summary.hpp"
#include "velocal/plot/kinds/pixel_summary.hpp"

namespace velocal {
namespace {

struct Summary {
  std::string_view name;
  SummaryPicture (*draw)(const SummaryRows&);
  bool (*shows)(const PlottedScan&);
  std::string_view needs = {};  ///< what rows that it does not show lack: those of a results collection
};

constexpr std::array<Summary, 3> summaries{
    {{"gain", gain_summary, [](const PlottedScan&) { return true; }},
     {"pixels", pixel_summary, [](const PlottedScan& row) { return live_pixels(row.calibration->statuses) > 0; },
      "their numbers"},
     {"energy", energy_summary, [](const PlottedScan& row) { return row.source.energy_eV > 0.0; }, "their source"}}};

}  // namespace

void check_summary_request(const PictureRequest& request) {
  std::vector<std::string_view> names;
  for (const Summary& summary : summaries) names.push_back(summary.name);
  for (const std::string& name : request.parameters) {
    if (std::ranges::count(names, name) > 0) continue;
    throw UsageError(fmt::format("there is no summary of \"{}\"", name),
                     fmt::format("there are {}", fmt::join(names, ", ")), did_you_mean(name, names));
  }
}

std::vector<Picture> summary_pictures(const std::vector<PlottedScan>& scans, const PictureRequest& request) {
  check_summary_request(request);
  const PixelGroup group = scans.front().group;
  const std::string suffix = group == PixelGroup::all ? "" : fmt::format("-{}", group_name(group));
  std::vector<Picture> pictures;
  for (const auto& [name, draw, shows, needs] : summaries) {
    if (!request.parameters.empty() && std::ranges::count(request.parameters, name) == 0) continue;
    SummaryRows rows;
    std::ranges::copy_if(scans, std::back_inserter(rows), shows);
    if (rows.empty() && request.parameters.empty()) continue;
    if (rows.empty()) {
      throw UsageError(fmt::format("there is no summary of the {}", name),
                       fmt::format("a results collection does not tell {}", needs), "Ask for gain");
    }
    const auto drawn = std::make_shared<SummaryPicture>(draw(rows));
    if (rows.size() < scans.size()) {
      drawn->figure.subtitle += fmt::format("; {} of {} rows left out: the table does not tell {}",
                                            scans.size() - rows.size(), scans.size(), needs);
    }
    pictures.push_back({fmt::format("summary-{}{}", name, suffix), [drawn] { return drawn->figure; },
                        [drawn] { return drawn->table; }});
  }
  return pictures;
}

}  // namespace velocal
