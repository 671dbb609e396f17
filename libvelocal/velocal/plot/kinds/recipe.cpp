// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/recipe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "velocal/calibration/threshold_recipe.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/histogram.hpp"
#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

constexpr std::string_view electrons = "e⁻";
constexpr std::size_t recipe_bins = 100;
constexpr double share_beyond = 1e-4;  ///< of the pixels that may lie beyond either end of the axis

std::vector<double> charges_of(const ThresholdCharges& charges) {
  return finite_values(charges.charge.values());
}

/// From both limits outwards to nearly all pixels, at round numbers.
Range shown_range(const std::vector<double>& charges, double charge) {
  const double step = round_step(0.05 * charge);
  const double low = std::min(quantile(charges, share_beyond), low_charge_share * charge);
  const double high = std::max(quantile(charges, 1.0 - share_beyond), high_charge_share * charge);
  return {step * (std::floor(low / step) - 1.0), step * (std::ceil(high / step) + 1.0)};
}

std::vector<std::string> legend_of(const std::string& name, const Histogram& bins, const ThresholdCharges& charges) {
  std::vector<std::string> legend{
      fmt::format("{}: std. dev. {:#.4g} e⁻", name, charges.moments.standard_deviation),
      fmt::format("{:.2f} % below 0.8 Q, {:.2f} % above 1.2 Q", 100.0 * charges.low, 100.0 * charges.high)};
  if (bins.outside > 0) legend.push_back(fmt::format("beyond the axis: {}", bins.outside));
  return legend;
}

double add_charges(Panel& panel, const std::string& name, const Colour& colour, const Colour& fill,
                   const ThresholdCharges& charges) {
  const Histogram bins = histogram(charges_of(charges), {panel.x.from, panel.x.to}, recipe_bins);
  panel.y.label = style::bin_label(bins.width(), electrons);
  panel.layers.push_back(style::steps(bins, {colour, 1.2}, fill, legend_of(name, bins, charges)));
  return bins.highest();
}

void add_limits(Panel& panel, double charge) {
  const Stroke dashed{style::black, 1.2, Dash::dashed};
  panel.layers.push_back(
      {VerticalLine{charge, {style::black, 1.4, Dash::solid}}, {fmt::format("Q = {:g} e⁻", charge)}});
  panel.layers.push_back({VerticalLine{low_charge_share * charge, dashed}, {"0.8 Q and 1.2 Q"}});
  panel.layers.push_back({VerticalLine{high_charge_share * charge, dashed}});
}

Figure recipe_figure(const PlottedScan& scan, const ThresholdRecipe& recipe) {
  const Uncertain threshold{recipe.thresholds.mean, std::hypot(recipe.thresholds.mean_error, recipe.common_error)};
  Figure figure{.height = 370.0,
                .title = fmt::format("{}: charges at which the pixels fire", scan.title),
                .subtitle = fmt::format("{:g} e⁻ at the threshold {}, which spreads by {:.2f} DAC", recipe.charge,
                                        style::measured(threshold, "DAC"), recipe.thresholds.standard_deviation)};
  Panel panel;
  style::place(panel, figure, {0, 0}, {1, 1});
  const Range range = shown_range(charges_of(recipe.charges), recipe.charge);
  panel.x = {style::axis_label("threshold of the pixel", electrons), range.from, range.to};
  const Colour colour = style::scan_colour(scan.label);
  double highest = add_charges(panel, fmt::format("{} pixels", recipe.thresholds.count), colour, style::lighter(colour),
                               recipe.charges);
  if (recipe.equalised) {
    highest = std::max(highest, add_charges(panel, "with other trims", style::purple, "", recipe.equalised->charges));
  }
  add_limits(panel, recipe.charge);
  style::leave_room(panel, figure, highest);
  figure.panels.push_back(panel);
  figure.numbers = {{"charge", {recipe.charge, undefined}},
                    {"threshold", threshold},
                    {"spread", {recipe.thresholds.standard_deviation, undefined}},
                    {"share_low", {recipe.charges.low, undefined}},
                    {"share_high", {recipe.charges.high, undefined}}};
  return figure;
}

}  // namespace

void check_recipe_request(const PictureRequest& request) {
  if (!request.charge) throw UsageError("no charge given", {}, "Say it in electrons: --charge 1000");
}

std::vector<Picture> recipe_pictures(const PlottedScan& scan, const PictureRequest& request) {
  if (!request.charge) return {};
  const auto recipe = std::make_shared<const ThresholdRecipe>(
      threshold_recipe(*request.charge, *scan.fit, *scan.calibration, scan.trims));
  return {{fmt::format("recipe-{}", *request.charge), [=] { return recipe_figure(scan, *recipe); }}};
}

}  // namespace velocal
