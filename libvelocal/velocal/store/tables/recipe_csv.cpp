// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/tables/recipe_csv.hpp"

#include <span>
#include <string>

#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/tables/digits_csv.hpp"
#include "velocal/store/tables/quantity_table.hpp"

namespace velocal {
namespace {

/// `after`: what follows the quantities' names.
void add_charges(QuantityTable& table, const ThresholdCharges& charges, const std::string& after) {
  table.add("charge_mean" + after, Uncertain{charges.moments.mean, charges.moments.mean_error}, "e-");
  table.add("charge_std" + after, charges.moments.standard_deviation, "e-");
  table.add("share_low" + after, charges.low, "");
  table.add("share_high" + after, charges.high, "");
}

}  // namespace

void write_recipe(const std::filesystem::path& path, const ThresholdRecipe& recipe, FileTransaction* files) {
  QuantityTable table;
  table.add("charge", recipe.charge, "e-");
  table.add_count("K_pixels", recipe.thresholds.count);
  table.add("threshold", Uncertain{recipe.thresholds.mean, recipe.thresholds.mean_error}, "DAC");
  table.add("threshold_common_error", recipe.common_error, "DAC");
  table.add("threshold_std", recipe.thresholds.standard_deviation, "DAC");
  add_charges(table, recipe.charges, "");
  if (recipe.equalised) {
    table.add_count("trims_moved", recipe.equalised->moved);
    table.add_count("trims_clipped_low", recipe.equalised->clipped_low);
    table.add_count("trims_clipped_high", recipe.equalised->clipped_high);
    table.add_count("trims_unknown", recipe.equalised->without_step);
    table.add("threshold_std_equalised", recipe.equalised->thresholds.standard_deviation, "DAC");
    add_charges(table, recipe.equalised->charges, "_equalised");
  }
  write_file(path, table.text(), files);
}

void write_trims(const std::filesystem::path& path, const EqualisedTrims& equalised, FileTransaction* files) {
  write_file(path, digits_csv(equalised.trim), files);
}

}  // namespace velocal
