// SPDX-License-Identifier: GPL-3.0-or-later
#include "chain/comparisons.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/required_files.hpp"
#include "velocal/simulate/simulate_scan.hpp"
#include "velocal/store/companions.hpp"
#include "velocal/store/result_paths.hpp"
#include "velocal/store/tables/noise_csv.hpp"

namespace velocal {
namespace {

/// Engine and seed are chosen on the command line alone.
constexpr std::string_view always_chosen = "--engine --seed";

/// What cannot be looked at is neither there nor missing: that is an error.
bool is_there(const std::filesystem::path& file) {
  return FileReader().read_if_there(file).has_value();
}

/// No later stage needs it.
void note_unreadable(StageResult& result, const InputError& error) {
  result.stray = error.what();
  result.unreadable_stray = error;
}

/// Files that a stage does not always make.
std::vector<std::filesystem::path> optional_companions(const ChainOf& of, Stage stage) {
  const ResultPaths paths(of.dataset, of.label, of.group);
  if (stage == Stage::fit) return {paths.noisy_mask()};
  if (stage == Stage::baseline) return control_csv_paths(paths.baseline_csv(), of.dataset.asic);
  return {};
}

bool is_being_drawn(const Dataset& dataset, const ScanSettings& scan) {
  return !unfinished_simulations(scan_folder(dataset, scan), dataset.asic).empty() ||
         (scan.baseline_folder &&
          !unfinished_simulations(dataset.data_root / *scan.baseline_folder, dataset.asic).empty());
}

}  // namespace

void compare_settings(StageResult& result, const Provenance& provenance, const StageInputs& now,
                      const AskedStage* asked) {
  const std::string chosen = asked != nullptr ? "" : fmt::format("{} {}", provenance.options, always_chosen);
  if (provenance.settings.empty()) {
    result.problem = "does not say what it was made with";
    result.detail = "an older version made it, or another program";
  } else if (const auto difference = first_difference(provenance.settings, now, chosen)) {
    const bool by_option = asked != nullptr && (difference->name == from_csv_input ||
                                                chosen_by_options(difference->name, asked->overrides));
    result.problem = "was made with other settings";
    result.detail = fmt::format("{}: {} in the file, {} {}", difference->name, difference->in_file, difference->now,
                                by_option ? "on the command line" : "in the descriptor");
  }
}

void compare_with_stage_before(StageResult& result, const Provenance& provenance, const StageResult& before) {
  if (!before.exists) return;
  if (!before.problem.empty()) {
    result.comparable = before.comparable;
    result.problem = before.comparable ? fmt::format("was made of a stale {}", name_of(before.stage))
                                       : fmt::format("was made of a {} that cannot be compared", name_of(before.stage));
    result.detail = before.file.string();
  } else if (before.stage == Stage::baseline) {
    return;  // it is among the flux's files
  } else if (provenance.inputs_sha256 != before.sha256) {
    result.problem = fmt::format("was not made of this {}", before.file.string());
    result.detail = "that was made anew since";
  }
}

void compare_files(StageResult& result, const std::function<std::string()>& changes) try {
  result.detail = changes();
  if (!result.detail.empty()) result.problem = "was made of other files";
} catch (const InputError& error) {
  result.unreadable = error;
  result.comparable = false;
  result.problem = "was made of files that cannot be read now";
  result.detail = error.what();
}

void compare_with_scan(const ChainOf& of, StageResult& result) try {
  const ScanSettings& scan = of.dataset.scan(of.label);
  const std::filesystem::path missing = missing_file(of.dataset, scan);
  const bool being_drawn = is_being_drawn(of.dataset, scan);
  if (!being_drawn && missing.empty()) return;
  result.problem = "belongs to a scan that is not whole";
  result.detail = being_drawn ? "velocal-simulate is at work there, or was stopped"
                              : fmt::format("{} is missing", missing.string());
} catch (const InputError& error) {
  result.comparable = false;
  result.problem = "belongs to a scan that cannot be read now";
  result.detail = error.what();
}

void compare_companions(const ChainOf& of, StageResult& result, const Provenance& provenance) try {
  const ResultPaths paths(of.dataset, of.label, of.group);
  const std::filesystem::path folder = result.file.parent_path();
  result.stray = stray_companion(folder, provenance, paths.collection());
  for (const std::filesystem::path& file : optional_companions(of, result.stage)) {
    const bool is_listed = lists_companion(provenance, file.lexically_relative(folder).string());
    if (!result.stray.empty() || is_listed || !is_there(file)) continue;
    result.stray = fmt::format("{} does not belong to it", file.string());
  }
} catch (const InputError& error) {
  note_unreadable(result, error);
}

void look_for_lone_companion(const ChainOf& of, StageResult& result) try {
  const std::filesystem::path table = ResultPaths(of.dataset, of.label, of.group).summary();
  if (result.exists || result.stage != Stage::matrices || !is_there(table)) return;
  result.stray = fmt::format("{} is there without it", table.string());
} catch (const InputError& error) {
  note_unreadable(result, error);
}

}  // namespace velocal
