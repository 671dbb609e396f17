// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "shell/output_checks.hpp"
#include "shell/result_locks.hpp"
#include "shell/signals.hpp"
#include "shell/step_report.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/store/output/file_guard.hpp"

namespace velocal {
namespace {

/// What one call of plan() and run() is for: a scan, or all scans together.
struct Unit {
  const ScanSettings& scan;
  std::string title;
  Json labels;
};

std::vector<Unit> units_of(const Program& program, const Session& session) {
  std::vector<Unit> units;
  for (const ScanSettings& scan : session.scans) units.push_back({scan, session.title(scan), {{"label", scan.label}}});
  if (!program.scans_together || !program.scans_together(session)) return units;
  Json labels = Json::array();
  for (const ScanSettings& scan : session.scans) labels.push_back(scan.label);
  return {{session.scans.front(), session.name(), {{"labels", labels}}}};
}

/// Human summaries are printed unit by unit. Where that fails, the others are done all the same.
void report_all(const CommandLine& line, const std::vector<Unit>& units,
                const std::function<Report(std::size_t)>& report_of, WorkReport& all) {
  std::optional<OutputError> unprinted;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Report report = report_of(i);
    Json entry = units[i].labels;
    entry.update(report.json);
    if (!report.loss.empty()) {
      entry["loss"] = report.loss;
      all.losses.push_back(report.loss);
    }
    all.scans.push_back(entry);
    if (line.json || line.quiet) continue;
    try {
      print(report.text);
    } catch (const OutputError& error) {
      unprinted = error;
    }
  }
  if (unprinted) throw OutputError(*unprinted);
}

Report up_to_date_report(const Unit& unit, const Step& step) {
  std::string files;
  for (const PlannedFile& file : step.writes) {
    if (file.exists) files += fmt::format("{}{}", files.empty() ? "" : ", ", file.path.string());
  }
  return {fmt::format("{}: up to date ({})\n", unit.title, files), {{"up_to_date", true}}, step.loss};
}

/// Whether there is anything to do.
bool is_due(const Session& session, const Step& step) {
  return session.force || !step.up_to_date;
}

/// The folder whose log gets a run: that of the scan, whatever the group, or of the dataset.
std::filesystem::path log_folder(const Program& program, const Session& session, const ScanSettings& scan) {
  if (!session.all_name.empty()) return session.dataset.results_root / session.name();
  const bool together = program.scans_together && program.scans_together(session);
  const ResultPaths paths = session.paths(scan);
  return (together ? paths.baseline() : paths.flux()).parent_path();
}

std::vector<Step> plan_all(const Program& program, const Session& session, const std::vector<Unit>& units) {
  std::vector<Step> steps;
  for (const Unit& unit : units) steps.push_back(program.plan(session, unit.scan));
  return steps;
}

/// Throws when a step that is due cannot be done.
void require_inputs(const Session& session, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (is_due(session, step) && step.obstacle) throw InputError(*step.obstacle);
  }
}

/// Before the first is done: hours may lie between them.
void require_present_inputs(const Session& session, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (is_due(session, step) && step.missing) throw InputError(*step.missing);
  }
}

/// What running would find out at once, --dry-run says by its status, too.
void require_planned_inputs(const Session& session, const std::vector<Step>& steps) {
  require_inputs(session, steps);
  require_present_inputs(session, steps);
  for (const Step& step : steps) {
    for (const PlannedFile& file : step.reads) {
      if (!is_due(session, step) || file.exists || !file.needed) continue;
      throw InputError(fmt::format("{} is missing", file.path.string()), file.what);
    }
  }
}

/// Before work begins: the rows are written in the end.
void require_lockable_files(const Session& session, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (!is_due(session, step)) continue;
    for (const std::filesystem::path& file : step.shared) FileGuard::require_lockable(file);
  }
}

}  // namespace

void work_on(const Program& program, const CommandLine& line, const Session& session, RunLog& log,
             WorkReport& done) try {
  const std::vector<Unit> units = units_of(program, session);
  std::vector<Step> steps = plan_all(program, session, units);
  if (line.dry_run) {
    report_all(
        line, units, [&](std::size_t i) { return step_report(units[i].title, steps[i], session.force); }, done);
    return require_planned_inputs(session, steps);
  }
  ResultLocks locks;
  const auto begin = [&] {
    require_inputs(session, steps);
    check_outputs(session, steps);
    if (program.logged) locks.add(session, steps);
  };
  begin();
  if (program.logged && ResultLocks::is_outdated(steps)) {
    steps = plan_all(program, session, units);
    begin();  // what was up to date may have to be locked, too
  }
  require_present_inputs(session, steps);
  require_lockable_files(session, steps);
  const auto do_step = [&](std::size_t i) {
    throw_if_interrupted();
    if (!is_due(session, steps[i])) return up_to_date_report(units[i], steps[i]);
    if (program.logged && !steps[i].writes.empty()) log.add_folder(log_folder(program, session, units[i].scan));
    session.console.detail(fmt::format("{}: {}", units[i].title, steps[i].computes));
    Report report = program.run(session, units[i].scan);
    for (const PlannedFile& file : steps[i].writes) {
      if (is_missing(file.path)) continue;  // a scan without a gain needs no collection
      report.json["written"].push_back(file.path.string());
      report.text += report_line(&file == &steps[i].writes.front() ? "written" : "", file.path.string());
    }
    log.say(report.text);
    return report;
  };
  report_all(line, units, do_step, done);
} catch (...) {
  for (const std::string& loss : done.losses) session.console.warning(loss);  // the error does not tell of them
  throw;
}

}  // namespace velocal
