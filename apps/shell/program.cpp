// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/program.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <new>
#include <span>

#include "shell/command_line.hpp"
#include "shell/exit_status.hpp"
#include "shell/memory.hpp"
#include "shell/output_checks.hpp"
#include "shell/result_locks.hpp"
#include "shell/run_log.hpp"
#include "shell/signals.hpp"
#include "shell/step_report.hpp"
#include "shell/version.hpp"
#include "velocal/core/version.hpp"
#include "velocal/velocal.hpp"

namespace velocal {
namespace {

/// The scans of these labels in the descriptor's order, each once; without labels all. Throws UsageError for a label
/// that there is not.
std::vector<ScanSettings> chosen_scans(const Dataset& dataset, const std::vector<std::string>& labels) {
  for (const std::string& label : labels) dataset.scan(label);
  std::vector<ScanSettings> chosen;
  for (const ScanSettings& scan : dataset.scans) {
    if (labels.empty() || std::ranges::count(labels, scan.label) > 0) chosen.push_back(scan);
  }
  return chosen;
}

void apply_own_options(const Program& program, const CommandLine& line, Session& session) {
  for (const ProgramOption& option : program.options) {
    const auto given = line.own.find(option.name);
    if (given == line.own.end()) continue;
    for (const std::string& value : given->second) {
      option.apply(session, value);
      if (!option.recorded) continue;
      session.overrides += fmt::format("{}--{}", session.overrides.empty() ? "" : " ", option.name);
      if (!option.placeholder.empty()) session.overrides += " " + value;
    }
  }
}

Dataset open_dataset(const std::filesystem::path& descriptor, const CommandLine& line) {
  Dataset dataset = read_dataset(descriptor);
  if (line.data) dataset.data_root = *line.data;
  if (line.results) dataset.results_root = *line.results;
  return dataset;
}

Session open_session(const Program& program, const CommandLine& line, const Console& console) {
  if (!line.word.empty()) program.word.apply(line.word);
  Session session{.console = console, .dataset = open_dataset(line.descriptor, line)};
  for (const std::filesystem::path& other : line.others) session.others.push_back(open_dataset(other, line));
  session.console.set_verbosity(line.quiet ? Verbosity::quiet : line.verbose ? Verbosity::verbose : Verbosity::normal);
  session.scans = chosen_scans(session.dataset, line.scans);
  session.threads = line.threads;
  session.force = line.force;
  if (line.quiet || !line.progress) {
    session.progress_style = ProgressStyle::silent;
  } else if (is_terminal(2)) {
    session.progress_style = ProgressStyle::bar;
  }
  apply_own_options(program, line, session);
  return session;
}

Json json_head(const Program& program, const Session& session) {
  return {{"program", program.name},
          {"version", version()},
          {"dataset", session.dataset.name},
          {"group", group_name(session.group)},
          {"options", session.overrides}};
}

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
  return {{session.scans.front(), session.dataset.name, {{"labels", labels}}}};
}

/// Human summaries are printed unit by unit; JSON is one document at the end. Then losses throw.
void report_all(const Program& program, const Session& session, const CommandLine& line, const std::vector<Unit>& units,
                const std::function<Report(std::size_t)>& report_of) {
  Json json = json_head(program, session);
  json["scans"] = Json::array();
  std::vector<std::string> losses;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Report report = report_of(i);
    Json entry = units[i].labels;
    entry.update(report.json);
    if (!report.loss.empty()) {
      entry["loss"] = report.loss;
      losses.push_back(report.loss);
    }
    json["scans"].push_back(entry);
    if (!line.json && !line.quiet) print(report.text);
  }
  if (line.json) print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  if (!losses.empty()) throw Error(ErrorKind::loss, fmt::format("{}", fmt::join(losses, "\n")));
}

Report up_to_date_report(const Unit& unit, const Step& step) {
  std::string files;
  for (const PlannedFile& file : step.writes) {
    if (file.exists) files += fmt::format("{}{}", files.empty() ? "" : ", ", file.path.string());
  }
  return {fmt::format("{}: up to date ({})\n", unit.title, files), {{"up_to_date", true}}};
}

/// Whether there is anything to do.
bool is_due(const Session& session, const Step& step) {
  return session.force || !step.up_to_date;
}

/// The folder whose log gets a run: that of the scan, whatever the group, or of the dataset.
std::filesystem::path log_folder(const Program& program, const Session& session, const ScanSettings& scan) {
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

/// What running would find out at once, --dry-run says by its status, too.
void require_planned_inputs(const Session& session, const std::vector<Step>& steps) {
  require_inputs(session, steps);
  for (const Step& step : steps) {
    for (const PlannedFile& file : step.reads) {
      if (!is_due(session, step) || file.exists || !file.needed) continue;
      throw InputError(fmt::format("{} is missing", file.path.string()), file.what);
    }
  }
}

void work(const Program& program, const CommandLine& line, const Console& console, RunLog& log) {
  const Session session = open_session(program, line, console);
  const std::vector<Unit> units = units_of(program, session);
  std::vector<Step> steps = plan_all(program, session, units);
  if (line.dry_run) {
    report_all(program, session, line, units,
               [&](std::size_t i) { return step_report(units[i].title, steps[i], session.force); });
    require_planned_inputs(session, steps);
    return;
  }
  require_inputs(session, steps);
  check_outputs(session, steps);
  const ResultLocks locks(session, program.logged ? steps : std::vector<Step>{});
  if (program.logged && ResultLocks::is_outdated(steps)) {
    steps = plan_all(program, session, units);
    check_outputs(session, steps);
  }
  report_all(program, session, line, units, [&](std::size_t i) {
    throw_if_interrupted();
    if (!is_due(session, steps[i])) return up_to_date_report(units[i], steps[i]);
    if (program.logged && !steps[i].writes.empty()) log.add_folder(log_folder(program, session, units[i].scan));
    session.console.detail(fmt::format("{}: {}", units[i].title, steps[i].computes));
    Report report = program.run(session, units[i].scan);
    for (const PlannedFile& file : steps[i].writes) {
      if (!std::filesystem::exists(file.path)) continue;  // a scan without a gain needs no collection
      report.json["written"].push_back(file.path.string());
      report.text += report_line(&file == &steps[i].writes.front() ? "written" : "", file.path.string());
    }
    log.say(report.text);
    return report;
  });
}

}  // namespace

int run_program(const Program& program, int argc, const char* const* argv) try {
  secure_standard_streams();
  keep_memory_reserve();
  catch_signals();
  const auto arguments = std::span(argv, static_cast<std::size_t>(argc)).subspan(argc > 0 ? 1 : 0);
  RunLog log(program.name, arguments);
  Console console(program.name);
  console.keep_in(&log);
  const int status = exit_status_of(console, [&] {
    const CommandLine line = parse_command_line(program, arguments);
    if (line.help) return print(line.json ? help_json(program).dump(2) + "\n" : help_text(program));
    if (line.version) return print(version_text(program.name));
    const WorkWithHdf5 at_work;
    work(program, line, console, log);
  });
  if (const std::string failure = log.write(status); !failure.empty()) console.warning(failure);
  return status;
} catch (const std::bad_alloc&) {
  return out_of_memory();
}

}  // namespace velocal
