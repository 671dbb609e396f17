// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/program.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <optional>
#include <span>
#include <string_view>

#include "shell/chip_loop.hpp"
#include "shell/command_line.hpp"
#include "shell/exit_status.hpp"
#include "shell/memory.hpp"
#include "shell/run_log.hpp"
#include "shell/signals.hpp"
#include "shell/version.hpp"
#include "shell/work.hpp"
#include "velocal/core/shell_word.hpp"
#include "velocal/core/version.hpp"
#include "velocal/velocal.hpp"

namespace velocal {
namespace {

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

/// Commands that are named to the user have the option, too.
void place(std::filesystem::path& folder, std::string_view option, const std::optional<std::filesystem::path>& given,
           Dataset& dataset) {
  if (!given) return;
  folder = *given;
  dataset.placed_by += fmt::format(" --{} {}", option, shell_word(given->string()));
}

DatasetOfChips open_dataset(const std::filesystem::path& descriptor, const CommandLine& line) {
  DatasetOfChips opened = read_chips(descriptor);
  for (ChipDataset& chip : opened.chips) {
    place(chip.dataset.data_root, "data", line.data, chip.dataset);
    place(chip.dataset.results_root, "results", line.results, chip.dataset);
  }
  return opened;
}

/// The session of the first chip; those of the others differ in their datasets alone, but for what options set there.
Session open_session(const Program& program, const CommandLine& line, const Console& console,
                     const DatasetOfChips& dataset) {
  Session session{.console = console, .dataset = dataset.chips.front().dataset};
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

Json json_head(const Program& program, const Session& session, const std::string& name) {
  return {{"program", program.name},
          {"version", version()},
          {"dataset", name},
          {"group", group_name(session.group)},
          {"options", session.overrides}};
}

/// JSON is one document at the end. Then losses throw.
void end_with(const Program& program, const CommandLine& line, const Session& session, const WorkReport& report) {
  if (line.json) {
    Json json = json_head(program, session, session.name());
    json["scans"] = report.scans;
    print_json(json);
  }
  throw_losses(report);
}

/// Works on the dataset of one chip, on many, or on all of them together. Returns the exit status.
int work(const Program& program, const CommandLine& line, const Console& console, RunLog& log) {
  if (!line.word.empty()) program.word.apply(line.word);
  const DatasetOfChips dataset = open_dataset(line.descriptor, line);
  std::vector<DatasetOfChips> others;
  for (const std::filesystem::path& other : line.others) others.push_back(open_dataset(other, line));
  Session session = open_session(program, line, console, dataset);
  const std::vector<const ChipDataset*> chips = dataset.matching(line.asics);
  if (program.chips_together && program.chips_together(session)) {
    take_all_chips(session, dataset, chips, others);
  } else if (dataset.has_many) {
    ChipLoop loop(program, line, session, log);
    const int status = loop.work_on_each(chips, others);
    if (!line.json || !loop.came_to_its_end()) return status;
    Json json = json_head(program, session, dataset.name);
    json["chips"] = loop.report();
    print_json(json);
    return status;
  } else {
    take_other_datasets(session, others);
  }
  WorkReport done;
  work_on(program, line, session, log, done);
  end_with(program, line, session, done);
  return 0;
}

int run(const Program& program, int argc, const char* const* argv) try {
  secure_standard_streams();
  keep_memory_reserve();
  catch_signals();
  const auto arguments = std::span(argv, static_cast<std::size_t>(argc)).subspan(argc > 0 ? 1 : 0);
  RunLog log(program.name, arguments);
  Console console(program.name);
  console.keep_in(&log);
  int status = 0;
  const int failed = exit_status_of(console, [&] {
    const CommandLine line = parse_command_line(program, arguments);
    if (line.help) return print(line.json ? help_json(program).dump(2) + "\n" : help_text(program));
    if (line.version) return print(version_text(program.name));
    const WorkWithHdf5 with_hdf5;
    status = work(program, line, console, log);
  });
  if (failed != 0) status = failed;
  if (const std::string failure = log.write(status); !failure.empty()) console.warning(failure);
  return status;
} catch (const std::bad_alloc&) {
  return out_of_memory();
}

}  // namespace

int run_program(const Program& program, int argc, const char* const* argv) {
  const int status = run(program, argc, argv);
  if (status == static_cast<int>(ErrorKind::resource)) end_without_exit_handlers(status);
  return status;
}

}  // namespace velocal
