// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/detector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/plot/kinds/detector_distribution.hpp"
#include "velocal/plot/kinds/detector_map.hpp"
#include "velocal/plot/kinds/detector_scatter.hpp"

namespace velocal {
namespace {

bool has_values(const DetectorTable& table, std::size_t quantity, std::size_t label) {
  for (std::size_t chip = 0; chip < table.chips(); ++chip) {
    if (std::isfinite(table.row(chip, label).values[quantity].value)) return true;
  }
  return false;
}

bool is_wanted(const PictureRequest& request, std::size_t quantity) {
  const auto& names = request.parameters;
  return names.empty() || std::ranges::count(names, std::string(chip_quantities[quantity].name)) > 0;
}

void add_pictures(const PlottedDetector& detector, std::size_t quantity, const PictureRequest& request,
                  std::vector<Picture>& pictures) {
  const std::string name(chip_quantities[quantity].name);
  bool any = false;
  for (std::size_t label = 0; label < detector.table->labels.size(); ++label) {
    if (!has_values(*detector.table, quantity, label)) continue;
    any = true;
    pictures.push_back({fmt::format("detector-{}-{}", name, detector.table->labels[label]),
                        [=] { return detector_map(detector, quantity, label, request.palette); }});
  }
  if (any) {
    pictures.push_back(
        {fmt::format("detector-{}-distribution", name), [=] { return detector_distribution(detector, quantity); }});
  } else if (!request.parameters.empty()) {
    throw UsageError(fmt::format("no chip of {} has a {}", detector.title, name), {}, "Draw another quantity");
  }
}

}  // namespace

void check_detector_request(const PictureRequest& request) {
  for (const std::string& name : request.parameters) chip_quantity_index(name);
}

std::vector<Picture> detector_pictures(const PlottedDetector& detector, const PictureRequest& request) {
  std::vector<Picture> pictures;
  for (std::size_t quantity = 0; quantity < chip_quantities.size(); ++quantity) {
    if (is_wanted(request, quantity)) add_pictures(detector, quantity, request, pictures);
  }
  for (std::size_t label = 1; label < detector.table->labels.size(); ++label) {
    if (!is_wanted(request, gain_mean_quantity) || !has_values(*detector.table, gain_difference_quantity, label)) {
      continue;
    }
    pictures.push_back(
        {fmt::format("detector-K_mean-{}-against-{}", detector.table->labels[label], detector.table->labels.front()),
         [=] { return detector_scatter(detector, label); }});
  }
  if (pictures.empty()) throw UsageError(fmt::format("no chip of {} has a result", detector.title));
  return pictures;
}

}  // namespace velocal
