// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/status_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "stages/chain_step.hpp"
#include "stages/export_stage.hpp"
#include "stages/gain_stage.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/shell_word.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/store/output/file_guard.hpp"
#include "velocal/store/output/file_sums.hpp"
#include "velocal/store/output/temporary_file.hpp"
#include "velocal/store/recipe_sums.hpp"
#include "velocal/store/reseal.hpp"

namespace velocal {
namespace {

/// The scan's chain; before it the dataset's own noise baseline, which other scans may take, and the simulation, where
/// the scan was drawn for this dataset.
std::vector<StageResult> results_with(std::vector<StageResult> results, const Session& session,
                                      const ScanSettings& scan) {
  const ChainOf of = chain_of(session, scan);
  if (session.dataset.noise && results.front().stage != Stage::baseline) {
    StageResult measured = look_at_baseline(of);
    if (measured.exists) results.insert(results.begin(), std::move(measured));
  }
  if (scan.simulation) {
    StageResult drawn = look_at_simulation(of);
    if (drawn.exists) results.insert(results.begin(), std::move(drawn));
  }
  return results;
}

/// The folders of measured files that its results are made of.
Json folders_of(const Dataset& dataset, const ScanSettings& scan) {
  Json folders = Json::array({scan_folder(dataset, scan).string()});
  if (scan.baseline_folder) folders.push_back((dataset.data_root / *scan.baseline_folder).string());
  if (dataset.noise) folders.push_back((dataset.data_root / dataset.noise->folder).string());
  return folders;
}

/// The state of what is not known to be up to date.
std::string_view doubt(bool comparable) {
  return comparable ? "stale" : "cannot be compared";
}

std::string_view state_of(const StageResult& result) {
  if (result.missing()) return "missing";
  return result.up_to_date() ? "up to date" : doubt(result.comparable);
}

std::string reason_of(const StageResult& result) {
  if (result.problem.empty()) return result.stray;
  return result.detail.empty() ? result.problem : fmt::format("{} ({})", result.problem, result.detail);
}

std::string command_of(const StageResult& result) {
  return result.missing() ? result.command : result.command + " --force";
}

/// Nothing of ours mends data, or a file beside it, that cannot be read.
bool has_remedy(const StageResult& result) {
  return result.comparable && !result.up_to_date() && (!result.problem.empty() || !result.unreadable_stray);
}

std::string line_of(const StageResult& result) {
  if (result.up_to_date()) return fmt::format("up to date ({})", result.file.string());
  const std::string reason = reason_of(result);
  if (!has_remedy(result)) return fmt::format("{}: {}", state_of(result), reason);
  return fmt::format("{}{}{}. Run {}", state_of(result), reason.empty() ? "" : ": ", reason, command_of(result));
}

Json json_of(const StageResult& result) {
  Json json{{"stage", name_of(result.stage)}, {"file", result.file.string()}, {"state", state_of(result)}};
  if (!result.missing() && !result.up_to_date()) json["reason"] = reason_of(result);
  if (has_remedy(result)) json["command"] = command_of(result);
  if (!result.options.empty()) json["options"] = result.options;
  return json;
}

/// What killed programs have left. The next program that writes there takes it away.
void add_left_files(const Session& session, const ScanSettings& scan, ReportText& text, Json& json) {
  const ResultPaths paths = session.paths(scan);
  const std::filesystem::path of_dataset = paths.baseline().parent_path();
  std::vector<std::filesystem::path> folders{paths.collection().parent_path(),
                                             of_dataset,
                                             of_dataset / "plots",
                                             paths.baseline_csv(),
                                             paths.flux().parent_path(),
                                             paths.matrices().parent_path(),
                                             paths.csv(),
                                             paths.plots(),
                                             scan_folder(session.dataset, scan).parent_path()};
  std::ranges::sort(folders);
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  for (const std::filesystem::path& folder : folders) {
    for (const std::filesystem::path& file : left_temporaries(folder)) {
      text.line("left behind", fmt::format("{} (by a program that was killed)", file.string()));
      json.push_back(file.string());
    }
  }
}

/// The gain is of all scans: it is told once, after the last of them.
void add_gain(const Session& session, const ScanSettings& scan, const Chains& chains, ReportText& text, Json& json) {
  const std::filesystem::path file = session.paths(scan).gain();
  if (scan.label != session.scans.back().label || is_missing(file)) return;
  const auto stale = stale_gain(session, chains);
  const std::string state(stale ? doubt(stale->comparable) : "up to date");
  std::string line = fmt::format("{} ({})", state, file.string());
  json["gain"] = {{"file", file.string()}, {"state", state}};
  if (stale) {
    line = fmt::format("{}: {}", state, stale->reason);
    json["gain"]["reason"] = stale->reason;
  }
  if (stale && stale->comparable) {
    const std::string command =
        fmt::format("velocal-gain {}{} --force", command_arguments(session.dataset, session.group), stale->options);
    line += ". Run " + command;
    json["gain"]["command"] = command;
  }
  text.line("gain", line);
}

/// Recipes are no stage of the chain: what of them is whole is not told.
void add_doubtful_recipes(const Session& session, const ScanSettings& scan, ReportText& text, Json& json) try {
  for (const auto& [charge, reason] : doubtful_recipes(session.paths(scan))) {
    const std::string command =
        fmt::format("velocal-recipe {} --scan {} --charge {} --force",
                    command_arguments(session.dataset, session.group), shell_word(scan.label), charge);
    text.line(fmt::format("recipe {}", charge), fmt::format("stale: {}. Run {}", reason, command));
    json.push_back({{"charge", charge}, {"state", "stale"}, {"reason", reason}, {"command", command}});
  }
} catch (const InputError& error) {
  text.line("recipes", error.what());
  json.push_back({{"state", "unreadable"}, {"reason", error.what()}});
}

/// Exports are no stage of the chain either: of one that was killed, or of files that somebody changed.
void add_strange_export(const Session& session, const ScanSettings& scan, ReportText& text, Json& json) {
  const auto is_export = [&](const std::string& name) { return what_makes(name, session, scan) != "all"; };
  const auto strange = strange_file(session.paths(scan).csv(), session.verify, is_export);
  if (!strange) return;
  const std::string command =
      fmt::format("velocal-export {} --scan {} --what {} --force", command_arguments(session.dataset, session.group),
                  shell_word(scan.label), what_makes(strange->name, session, scan));
  text.line("export", fmt::format("stale: {}. Run {}{}", strange->reason, command, strange->advice));
  json["export"] = {{"state", "stale"}, {"reason", strange->reason}, {"command", command}};
  if (!strange->advice.empty()) json["export"]["advice"] = "remove the file if it stays";
}

}  // namespace

ProgramOption verify_option(const std::string& description) {
  return {.name = "verify",
          .placeholder = "",
          .description = description,
          .apply = [](Session& session, const std::string&) { session.verify = true; },
          .recorded = false};
}

Step plan_status(const Session& session, const ScanSettings& scan) {
  const ResultPaths paths = session.paths(scan);
  std::vector<std::filesystem::path> files{paths.flux(), paths.fit(), paths.matrices()};
  if (session.dataset.noise) files.insert(files.begin(), paths.baseline());
  if (scan.simulation) files.insert(files.begin(), paths.truth());
  Step step;
  for (const std::filesystem::path& file : files) {
    step.reads.emplace_back(file);
    step.reads.back().needed = false;
  }
  step.computes = "how the results stand";
  return step;
}

Report ResultsReporter::report(const Session& session, const ScanSettings& scan) {
  if (scan.label == session.scans.front().label) chains_.clear();  // another chip has scans of the same labels
  const auto& chain = chains_[scan.label] = look_at_chain(chain_of(session, scan), Stage::matrices);
  ReportText text(fmt::format("{}: results", session.title(scan)));
  Json stages = Json::array();
  for (const StageResult& result : results_with(chain, session, scan)) {
    text.line(name_of(result.stage), line_of(result));
    stages.push_back(json_of(result));
  }
  Json json{
      {"data", session.dataset.data_root.string()}, {"folders", folders_of(session.dataset, scan)}, {"stages", stages}};
  Json recipes = Json::array(), left = Json::array();
  add_gain(session, scan, chains_, text, json);
  add_doubtful_recipes(session, scan, text, recipes);
  add_strange_export(session, scan, text, json);
  add_left_files(session, scan, text, left);
  if (!recipes.empty()) json["recipes"] = recipes;
  if (!left.empty()) json["left_behind"] = left;
  return {text.text(), json};
}

ProgramOption reseal_option() {
  return {.name = "reseal",
          .placeholder = "FILE",
          .description = "accept this results file as another program has left it, and nothing else; may be repeated",
          .apply =
              [](Session& session, const std::string& file) {
                if (file.empty()) throw UsageError("--reseal: must be a file, got nothing");
                session.resealed.push_back(file);
              },
          .recorded = false,
          .repeatable = true};
}

Step plan_reseal(const Session& session, const ScanSettings&) {
  Step step;
  for (const std::string& file : session.resealed) step.reads.emplace_back(std::filesystem::path(file));
  step.computes = "their seals";
  return step;
}

Report run_reseal(const Session& session, const ScanSettings&) {
  ReportText text(fmt::format("{}: seals", session.dataset.name));
  Json files = Json::array();
  for (const std::string& file : session.resealed) {
    std::string holder;
    const FileGuard guard(file, holder);
    if (!holder.empty()) throw OutputError(fmt::format("another program is making {}", file), holder);
    const bool is_new = reseal_file(file);
    text.line(is_new ? "made anew" : "was whole", file);
    files.push_back({{"file", file}, {"resealed", is_new}});
  }
  return {text.text(), {{"seals", files}}};
}

}  // namespace velocal
