// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/model_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>

#include "velocal/core/quantity.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/line_origins.hpp"

namespace velocal {
namespace {

/// Models that report/src/model.ts computes.
constexpr std::array<std::string_view, 8> computed_by_the_page{"F1_0", "F1",    "F2s_0", "FAB_0",
                                                               "FAB",  "F2sAB", "F4",    "timepix"};
constexpr std::size_t fine_points = 512, most_values = 2'000'000;

struct Axis {
  std::size_t parameter;  ///< index in the model
  std::vector<double> nodes;
};

/// Chebyshev nodes of the second kind; one where there is no range.
std::vector<double> chebyshev_nodes(Range range, std::size_t count) {
  if (!(range.to > range.from)) return {range.from};
  std::vector<double> nodes;
  for (std::size_t j = 0; j < count; ++j) {
    const double x = std::cos(std::numbers::pi * static_cast<double>(j) / static_cast<double>(count - 1));
    nodes.push_back(0.5 * (range.from + range.to) + 0.5 * (range.to - range.from) * x);
  }
  return nodes;
}

/// Widens the range by what the chip's curves have of the parameter, less their origin.
Range with_curves(Range range, const ScanFit& fit, std::string_view name, double origin) {
  for (const AsicFit* asic : {&fit.asic, &fit.asic_good}) {
    const double value = asic->fit.found ? asic->fit.parameter(name).value - origin : undefined;
    if (!std::isfinite(value)) continue;
    range.from = std::min(range.from, value);
    range.to = std::max(range.to, value);
  }
  return range;
}

/// Smallest and largest of the good pixels.
Range range_of(const ScanFit& fit, const std::function<double(std::size_t)>& value) {
  Range range{INFINITY, -INFINITY};
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (!fit.pixels.good(pixel)) continue;
    range.from = std::min(range.from, value(pixel));
    range.to = std::max(range.to, value(pixel));
  }
  return range;
}

class ModelTable {
 public:
  ModelTable(const ScanFit& fit, const FluxModel& model)
      : model_(model), amplitude_(model.amplitude_index()), line_(model.index_of(quantity::line)) {
    const auto origins = origins_of(fit, model);
    const auto origin = [&](std::size_t pixel) { return origins ? origins->of_pixel(pixel) : 0.0; };
    const auto line = [&](std::size_t pixel) { return fit.pixels.parameters[line_].value[pixel] - origin(pixel); };
    for (std::size_t k = 0; k < model.parameters().size(); ++k) {
      if (k == amplitude_ || k == line_) continue;
      const auto& map = fit.pixels.parameters[k];
      const Range range = range_of(fit, [&](std::size_t i) { return map.value[i]; });
      axes_.push_back({k, chebyshev_nodes(with_curves(range, fit, map.name, 0.0), 16)});
    }
    const Range lines = with_curves(range_of(fit, line), fit, quantity::line, origins ? origins->mean() : 0.0);
    axes_.push_back({line_, chebyshev_nodes(lines, 4)});
    set_fine_axis(fit, line, origin);
  }

  /// There are good pixels, the flux is proportional to the amplitude, and the table is no larger than a report bears.
  bool is_possible() const {
    return from_ < to_ && amplitude_ < model_.parameters().size() && model_.parameters()[amplitude_].linear &&
           size() <= most_values;
  }

  Json json(ReportArrays& arrays) const {
    Json axes = Json::array();
    for (const Axis& axis : axes_) {
      axes.push_back({{"name", model_.parameters()[axis.parameter].name}, {"nodes", axis.nodes}});
    }
    return {{"axes", axes}, {"from", from_}, {"to", to_}, {"points", fine_points}, {"values", arrays.keep(values())}};
  }

 private:
  template <class Line, class Origin>
  void set_fine_axis(const ScanFit& fit, const Line& line, const Origin& origin) {
    if (fit.asic.curve.threshold.empty()) return;
    // Curves of the chip count as the pixels do, but for a mean origin: the range is wide enough for both.
    const auto [first, last] = std::ranges::minmax(fit.asic.curve.threshold);
    from_ = range_of(fit, [&, lowest = first](std::size_t i) { return (lowest - origin(i)) / line(i); }).from - 0.05;
    to_ = range_of(fit, [&, highest = last](std::size_t i) { return (highest - origin(i)) / line(i); }).to + 0.05;
  }

  std::size_t size() const {
    std::size_t size = fine_points;
    for (const Axis& axis : axes_) size *= axis.nodes.size();
    return size;
  }

  /// The last axis varies fastest, and u within it.
  std::vector<float> values() const {
    std::vector<float> table;
    std::vector<double> parameters(model_.parameters().size(), 1.0), threshold(fine_points), flux(fine_points);
    for (std::size_t row = 0; row < size() / fine_points; ++row) {
      std::size_t rest = row;
      for (std::size_t a = axes_.size(); a-- > 0;) {
        parameters[axes_[a].parameter] = axes_[a].nodes[rest % axes_[a].nodes.size()];
        rest /= axes_[a].nodes.size();
      }
      for (std::size_t i = 0; i < fine_points; ++i) {
        threshold[i] = parameters[line_] * (from_ + (to_ - from_) * static_cast<double>(i) / (fine_points - 1));
      }
      model_.flux(parameters, threshold, flux);
      for (const double value : flux) table.push_back(static_cast<float>(value));
    }
    return table;
  }

  const FluxModel& model_;
  std::size_t amplitude_, line_;
  std::vector<Axis> axes_;
  double from_ = 0.0, to_ = 0.0;  ///< of u
};

}  // namespace

Json model_json(const ScanFit& fit, ReportArrays& arrays) {
  const auto whole = whole_model(fit.settings, fit.source);
  const auto model = model_of(fit);
  Json json{{"name", fit.settings.model}, {"formula", whole->formula()}, {"above_baseline", model->above_baseline()}};
  for (const ModelParameter& parameter : whole->parameters()) json["all"].push_back(parameter.name);
  for (const ModelParameter& parameter : model->parameters()) {
    json["parameters"].push_back({{"name", parameter.name}, {"unit", parameter.unit}});
  }
  json["held"] = Json::object();
  for (const SharedParameter& shared : fit.shared) json["held"][shared.name] = shared.value.value;
  for (const PhotonLine& line : fit.source.lines) {
    json["lines"].push_back({{"ratio", line.energy_ratio}, {"share", line.share}});
  }
  json["background"] = fit.background;
  json["statistic"] = fit.settings.statistic;
  json["baseline"] = to_string(fit.settings.baseline);
  json["table"] = nullptr;
  if (std::ranges::count(computed_by_the_page, fit.settings.model) > 0) return json;
  const ModelTable table(fit, *model);
  if (table.is_possible()) json["table"] = table.json(arrays);
  return json;
}

}  // namespace velocal
