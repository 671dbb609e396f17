// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/reported_scan.hpp"

#include <fmt/format.h>

#include "stages/chain_step.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"

namespace velocal {
namespace {

ReportedStage stage_of(const StageResult& result) {
  ReportedStage stage{.name = std::string(name_of(result.stage)),
                      .state = !result.exists        ? "missing"
                               : result.up_to_date() ? "up to date"
                                                     : "stale",
                      .command = result.command,
                      .file = result.file.string()};
  if (result.unreadable) stage.state = "damaged";
  if (!result.comparable) stage.state = "cannot be compared";
  if (result.exists && !result.up_to_date()) {
    stage.reason = result.complaint();
    if (result.comparable) stage.command += " --force";
  }
  return stage;
}

/// Reads the stage's file, where it can be read, and notes where it comes from.
template <class T, class Read>
void take(ReportedStage& stage, std::optional<T>& value, const Read& read) try {
  if (stage.state == "missing" || stage.state == "damaged") return;
  auto stored = read(std::filesystem::path(stage.file));
  stage.sha256 = stored.sha256;
  stage.settings = to_text(stored.provenance.settings);
  value = std::move(stored.value);
} catch (const InputError& error) {
  stage.state = "damaged";
  stage.reason = error.what();
}

}  // namespace

ReportedScan read_reported_scan(const Session& session, const ScanSettings& scan) {
  ReportedScan reported{.settings = scan, .title = session.title(scan), .stages = {}};
  const Provenance expected = session.provenance(scan, {});
  for (const StageResult& result : look_at_chain(chain_of(session, scan), Stage::matrices)) {
    ReportedStage& stage = reported.stages.emplace_back(stage_of(result));
    switch (result.stage) {
      case Stage::flux: take(stage, reported.flux, [&](const auto& file) { return read_flux(file, expected); }); break;
      case Stage::fit: take(stage, reported.fit, [&](const auto& file) { return read_fit(file, expected); }); break;
      case Stage::matrices:
        take(stage, reported.calibration, [&](const auto& file) { return read_matrices(file, expected); });
        break;
      case Stage::simulation:
      case Stage::baseline: break;
    }
  }
  return reported;
}

}  // namespace velocal
