// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/status_stage.hpp"

#include <fmt/format.h>

#include <vector>

#include "stages/chain_step.hpp"

namespace velocal {
namespace {

/// The chain; before it the simulation, where the scan was drawn for this dataset.
std::vector<StageResult> results_of(const Session& session, const ScanSettings& scan) {
  const ChainOf of = chain_of(session, scan);
  std::vector<StageResult> results = look_at_chain(of, Stage::matrices);
  if (scan.simulation) {
    StageResult drawn = look_at_simulation(of);
    if (drawn.exists) results.insert(results.begin(), std::move(drawn));
  }
  return results;
}

std::string_view state_of(const StageResult& result) {
  return !result.exists ? "missing" : result.problem.empty() ? "up to date" : "stale";
}

std::string reason_of(const StageResult& result) {
  return result.detail.empty() ? result.problem : fmt::format("{} ({})", result.problem, result.detail);
}

std::string command_of(const StageResult& result) {
  return result.exists ? result.command + " --force" : result.command;
}

std::string line_of(const StageResult& result) {
  if (result.up_to_date()) return fmt::format("up to date ({})", result.file.string());
  const std::string reason = reason_of(result);
  return fmt::format("{}{}{}. Run {}", state_of(result), reason.empty() ? "" : ": ", reason, command_of(result));
}

Json json_of(const StageResult& result) {
  Json json{{"stage", name_of(result.stage)}, {"file", result.file.string()}, {"state", state_of(result)}};
  if (!result.problem.empty()) json["reason"] = reason_of(result);
  if (!result.up_to_date()) json["command"] = command_of(result);
  return json;
}

}  // namespace

ProgramOption verify_option() {
  return {.name = "verify",
          .placeholder = "",
          .description = "read the files of counts, too: else only their names and sizes are compared",
          .apply = [](Session& session, const std::string&) { session.verify = true; },
          .recorded = false};
}

Step plan_status(const Session& session, const ScanSettings& scan) {
  Step step;
  for (const StageResult& result : results_of(session, scan)) step.reads.emplace_back(result.file);
  step.computes = "how the results stand";
  return step;
}

Report run_status(const Session& session, const ScanSettings& scan) {
  ReportText text(fmt::format("{}: results", session.title(scan)));
  Json stages = Json::array();
  for (const StageResult& result : results_of(session, scan)) {
    text.line(name_of(result.stage), line_of(result));
    stages.push_back(json_of(result));
  }
  return {text.text(), {{"stages", stages}}};
}

}  // namespace velocal
