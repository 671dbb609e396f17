// SPDX-License-Identifier: GPL-3.0-or-later
#include "chain/chain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "chain/comparisons.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/shell_word.hpp"
#include "velocal/flux/input_files.hpp"
#include "velocal/noise/noise_inputs.hpp"
#include "velocal/store/measured_baseline_file.hpp"
#include "velocal/store/result_paths.hpp"
#include "velocal/store/result_record.hpp"

namespace velocal {
namespace {

struct StageNames {
  std::string_view noun;
  std::string_view program;
  ResultFileKind file;
  std::filesystem::path (ResultPaths::*path)() const;
};
constexpr std::array<StageNames, 5> stages{
    {{"simulation", "velocal-simulate", ResultFileKind::truth, &ResultPaths::truth},
     {"noise baseline", "velocal-baseline", ResultFileKind::baseline, &ResultPaths::baseline},
     {"flux", "velocal-flux", ResultFileKind::flux, &ResultPaths::flux},
     {"fit", "velocal-fit", ResultFileKind::fit, &ResultPaths::fit},
     {"matrices", "velocal-matrices", ResultFileKind::matrices, &ResultPaths::matrices}}};

const StageNames& names_of(Stage stage) {
  return stages.at(static_cast<std::size_t>(stage));
}

bool is_of_all_groups(Stage stage) {
  return stage < Stage::fit;
}

StageResult result_of(const ChainOf& of, Stage stage) {
  const StageNames& names = names_of(stage);
  StageResult result{.stage = stage, .file = (ResultPaths(of.dataset, of.label, of.group).*names.path)()};
  result.exists = !is_missing(result.file);
  const PixelGroup group = is_of_all_groups(stage) ? PixelGroup::all : of.group;
  result.command = fmt::format("{} {}", names.program, command_arguments(of.dataset, group));
  // Without it, the command would make anew what is up to date of other scans.
  if (stage != Stage::baseline && of.dataset.scans.size() > 1) result.command += " --scan " + shell_word(of.label);
  return result;
}

/// The record of a file that is there; empty when it cannot be read, which `result` then says.
std::optional<ResultRecord> record_of(const ChainOf& of, StageResult& result) try {
  if (!result.exists) return {};
  const std::string_view label = result.stage == Stage::baseline ? measured_baseline_label : of.label;
  ResultRecord record =
      read_record(names_of(result.stage).file, result.file, provenance_of(of.dataset, label, of.group));
  result.sha256 = record.sha256;
  return record;
} catch (const InputError& error) {
  result.unreadable = error;
  result.problem = "cannot be used";
  result.detail = error.what();
  return {};
}

/// What the stage would be made with now; `record` is that of its result, where there is one.
StageInputs own_inputs(const ChainOf& of, Stage stage, const AskedStage* asked,
                       const std::optional<ResultRecord>& record) {
  const ScanSettings& scan = of.dataset.scan(of.label);
  const std::string recorded = record ? csv_folder(record->provenance.settings) : "";
  switch (stage) {
    case Stage::flux: return flux_inputs(of.dataset, scan, asked != nullptr ? asked->from_csv : recorded);
    case Stage::fit: return fit_inputs(of.dataset, scan, asked != nullptr ? asked->engine : "");
    case Stage::simulation:
    case Stage::baseline:
    case Stage::matrices: break;
  }
  return matrices_inputs(scan);
}

void choose_as_before(StageResult& result, const ResultRecord& record) {
  result.options = record.provenance.options;
  result.command += shell_options(result.options);
}

bool takes_own_baseline(const ChainOf& of) {
  const auto& file = of.dataset.scan(of.label).baseline_file;
  if (!file || !of.dataset.noise) return false;
  const std::filesystem::path own = ResultPaths(of.dataset, of.label).baseline();
  return (of.dataset.results_root / *file).lexically_normal() == own.lexically_normal();
}

}  // namespace

std::string StageResult::complaint() const {
  if (problem.empty()) return fmt::format("{} is up to date, but {}", file.string(), stray);
  return error_message(file.string() + " " + problem, detail, {});
}

std::string_view name_of(Stage stage) {
  return names_of(stage).noun;
}

std::string command_arguments(const Dataset& dataset, PixelGroup group) {
  std::string arguments = shell_word(dataset.file.string());
  if (dataset.one_of_many) arguments += " --asic " + shell_word(dataset.asic);
  arguments += dataset.placed_by;
  if (group != PixelGroup::all) arguments += fmt::format(" --group {}", group_name(group));
  return arguments;
}

Chain::Chain(ChainOf of) : of_(std::move(of)) {}

std::vector<StageResult> Chain::up_to(Stage last, const std::optional<AskedStage>& asked) {
  if (results_.empty() && takes_own_baseline(of_)) results_.push_back(look_at_baseline(of_));
  for (const Stage stage : {Stage::flux, Stage::fit, Stage::matrices}) {
    const bool is_known = !results_.empty() && results_.back().stage >= stage;
    if (stage <= last && !is_known) look(stage, asked && stage == last ? &*asked : nullptr);
  }
  const auto end = std::ranges::find_if(results_, [&](const StageResult& result) { return result.stage > last; });
  return {results_.begin(), end};
}

void Chain::look(Stage stage, const AskedStage* asked) {
  StageResult result = result_of(of_, stage);
  look_for_lone_companion(of_, result);
  const std::optional<ResultRecord> record = record_of(of_, result);
  inputs_ = inputs_ + own_inputs(of_, stage, asked, record);
  if (record) {
    if (!results_.empty()) compare_with_stage_before(result, record->provenance, results_.back());
    if (result.problem.empty()) compare_settings(result, record->provenance, inputs_, asked);
    if (result.problem.empty() && stage == Stage::flux) {
      compare_files(result, [&] {
        return changed_inputs(of_.dataset, of_.dataset.scan(of_.label), record->inputs, {of_.verify, of_.threads},
                              csv_folder(record->provenance.settings));
      });
    }
    compare_companions(of_, result, record->provenance);
    // The options of matrices are those of the fit: velocal-matrices has none of its own.
    if (stage != Stage::matrices) choose_as_before(result, *record);
  }
  results_.push_back(std::move(result));
}

std::filesystem::path Chain::require_up_to_date(Stage stage) {
  const std::vector<StageResult> results = up_to(stage);
  if (const auto obstacle = obstacle_in(of_, results)) throw InputError(*obstacle);
  return results.back().file;
}

std::vector<StageResult> look_at_chain(const ChainOf& of, Stage last, const std::optional<AskedStage>& asked) {
  return Chain(of).up_to(last, asked);
}

StageResult look_at_baseline(const ChainOf& of) {
  StageResult result = result_of(of, Stage::baseline);
  const StageInputs now = baseline_inputs(of.dataset);
  const std::optional<ResultRecord> record = record_of(of, result);
  if (!record) return result;
  compare_settings(result, record->provenance, now, nullptr);
  if (!result.problem.empty()) return result;
  compare_companions(of, result, record->provenance);
  compare_files(result, [&] { return changed_noise_inputs(of.dataset, record->inputs, {of.verify, of.threads}); });
  return result;
}

StageResult look_at_simulation(const ChainOf& of, const std::optional<AskedStage>& asked) {
  const ScanSettings& scan = of.dataset.scan(of.label);
  StageResult result = result_of(of, Stage::simulation);
  const std::optional<ResultRecord> record = record_of(of, result);
  if (!record) return result;
  compare_settings(result, record->provenance, simulation_inputs(of.dataset, scan, asked ? asked->seed : 1),
                   asked ? &*asked : nullptr);
  choose_as_before(result, *record);
  if (result.problem.empty()) compare_with_scan(of, result);
  return result;
}

std::optional<InputError> obstacle_in(const ChainOf& of, const std::vector<StageResult>& chain) {
  const StageResult& last = chain.back();
  if (!last.exists) {
    const bool whole = of.group == PixelGroup::all || is_of_all_groups(last.stage);
    return InputError(fmt::format("no {} for {}/{}{}", name_of(last.stage), of.dataset.name, of.label,
                                  whole ? "" : fmt::format(", group {}", group_name(of.group))),
                      last.file.string(), fmt::format("Run {} first", last.command));
  }
  for (const StageResult& result : std::vector(chain.rbegin(), chain.rend())) {
    if (result.unreadable) return result.unreadable;
  }
  const auto stale = std::ranges::find_if_not(chain, [](const auto& result) { return result.problem.empty(); });
  if (stale == chain.end()) return {};
  return InputError(fmt::format("{} {}", stale->file.string(), stale->problem), stale->detail,
                    fmt::format("Run {} --force first", stale->command));
}

std::optional<InputError> obstacle_in_baseline(const ChainOf& of, const std::filesystem::path& file) {
  if (!of.dataset.noise || file != ResultPaths(of.dataset, of.label).baseline()) return {};
  return obstacle_in(of, {look_at_baseline(of)});
}

}  // namespace velocal
