// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/recipe_report.hpp"

#include <fmt/format.h>

namespace velocal {
namespace {

std::string shares_text(const ThresholdCharges& charges, double charge) {
  return fmt::format("{:.2f} % of the pixels fire below {:g} e-, {:.2f} % above {:g} e-", 100.0 * charges.low,
                     low_charge_share * charge, 100.0 * charges.high, high_charge_share * charge);
}

std::string spread_text(const Moments& thresholds, const ThresholdCharges& charges) {
  return fmt::format("{:.2f} DAC, {:.1f} e-", thresholds.standard_deviation, charges.moments.standard_deviation);
}

Json to_json(const Moments& thresholds, const ThresholdCharges& charges) {
  return {{"spread", thresholds.standard_deviation},
          {"charge", {{"mean", charges.moments.mean}, {"spread", charges.moments.standard_deviation}}},
          {"share_low", charges.low},
          {"share_high", charges.high}};
}

void add_trims(ReportText& text, Json& json, const ThresholdRecipe& recipe, const EqualisedTrims& trims) {
  text.line("other trims", fmt::format("{} of {} pixels; {} are clipped at 0, {} at 15", trims.moved,
                                       recipe.thresholds.count, trims.clipped_low, trims.clipped_high));
  if (trims.without_step > 0)
    text.line("", fmt::format("{} pixels keep theirs: its step is not known", trims.without_step));
  text.line("spread then", spread_text(trims.thresholds, trims.charges));
  text.line("", shares_text(trims.charges, recipe.charge));
  json["equalised"] = {{"moved", trims.moved},
                       {"clipped_low", trims.clipped_low},
                       {"clipped_high", trims.clipped_high},
                       {"unknown", trims.without_step}};
  json["equalised"].update(to_json(trims.thresholds, trims.charges));
}

}  // namespace

Report recipe_report(std::string_view title, const ThresholdRecipe& recipe) {
  const Moments& found = recipe.thresholds;
  ReportText text(fmt::format("{}: threshold for {:g} electrons", title, recipe.charge));
  text.line("threshold", fmt::format("{:.2f} +- {:.2f} DAC, +- {:.2f} common to all pixels", found.mean,
                                     found.mean_error, recipe.common_error));
  text.line("spread", fmt::format("{} over {} pixels", spread_text(found, recipe.charges), found.count));
  text.line("", shares_text(recipe.charges, recipe.charge));
  Json json{{"charge", recipe.charge},
            {"pixels", found.count},
            {"threshold", to_json(Uncertain{found.mean, found.mean_error})},
            {"common_error", recipe.common_error}};
  json.update(to_json(found, recipe.charges));
  if (recipe.equalised) {
    add_trims(text, json, recipe, *recipe.equalised);
  } else {
    text.line("other trims", "not known: there is no baseline.h5 of velocal-baseline");
  }
  return {text.text(), json};
}

}  // namespace velocal
