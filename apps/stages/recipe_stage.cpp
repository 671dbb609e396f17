// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/recipe_stage.hpp"

#include <fmt/format.h>

#include "shell/numbers.hpp"
#include "stages/chain_step.hpp"
#include "stages/recipe_report.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/store/calibrated_fit.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/recipe_sums.hpp"
#include "velocal/store/scan_trims.hpp"
#include "velocal/store/tables/recipe_csv.hpp"

namespace velocal {

ProgramOption RecipeStage::charge_option() {
  return {.name = "charge",
          .placeholder = "ELECTRONS",
          .description = "charge at which the mean pixel shall fire; needed",
          .apply = [this](Session&, const std::string& text) { charge_ = parse_charge(text); },
          .recorded = false};
}

Step RecipeStage::plan(const Session& session, const ScanSettings& scan) const {
  if (!charge_) throw UsageError("no charge given", {}, "Say it in electrons: --charge 1000");
  const ResultPaths paths = session.paths(scan);
  const ChainOf of = chain_of(session, scan);
  const std::string charge = fmt::format("{}", *charge_);
  const std::filesystem::path trims = scan_trims_file(session.dataset, scan);
  Step step;
  step.reads.emplace_back(paths.fit());
  step.reads.emplace_back(paths.matrices());
  if (!trims.empty()) step.reads.emplace_back(trims, "steps of the trims");
  step.computes = fmt::format("global threshold for {} electrons, and the trims that equalise them", charge);
  step.writes.emplace_back(paths.recipe(charge));
  const std::filesystem::path equalised = paths.recipe_trim(charge);  // without trims it is removed
  if (!trims.empty() || !is_missing(equalised)) step.writes.emplace_back(equalised);
  step.writes.emplace_back(paths.recipe_sums(charge));
  step.obstacle = obstacle_in(of, look_at_chain(of, Stage::matrices));
  if (!step.obstacle) step.obstacle = obstacle_in_baseline(of, trims);
  return step;
}

Report RecipeStage::run(const Session& session, const ScanSettings& scan) const {
  const ResultPaths paths = session.paths(scan);
  const Provenance expected = session.provenance(scan, {});
  const auto trims = read_scan_trims(session.dataset, scan);
  const CalibratedFit read = read_calibrated_fit(paths, expected);
  const ThresholdRecipe recipe =
      threshold_recipe(*charge_, read.fit.value, read.matrices.value, trims ? &*trims : nullptr);
  const std::string charge = fmt::format("{}", *charge_);
  FileTransaction files;
  if (recipe.equalised) {
    write_trims(paths.recipe_trim(charge), *recipe.equalised, &files);
  } else {
    files.remove(paths.recipe_trim(charge));  // it would not belong to this recipe
  }
  write_recipe(paths.recipe(charge), recipe, &files);
  add_recipe_sums(paths, charge, files);
  files.commit();
  return recipe_report(session.title(scan), recipe);
}

}  // namespace velocal
