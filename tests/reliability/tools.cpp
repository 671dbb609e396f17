// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <vector>

#include "support/source_tree.hpp"
#include "validation/markdown.hpp"
#include "workers.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

namespace {

// What each target does in the long run (that of HDF5 a tenth of it); else it gets a share of the time.
constexpr double executions = 1e7, short_fuzzing_s = 200.0, longest_fuzzing_s = 86400.0;

/// HDF5 takes a hundred times as long, and crashes.
constexpr auto results_target = "fuzz_results";

fs::path fuzz_folder() {
  return source_tree() / "build/fuzz/tests/fuzz";
}

std::string amount(const fs::path& target, const Budget& budget) {
  if (budget.share < 1.0) return fmt::format("-max_total_time={:.0f}", short_fuzzing_s * budget.share);
  return fmt::format("-runs={:.0f}", target.filename() == results_target ? executions / 10.0 : executions);
}

/// The number in "Done 123 runs in 4 second(s)", or, of jobs, in the last "#123: cov: ...".
std::string runs_in(const std::string& text) {
  const std::size_t done = text.rfind("Done "), job = text.rfind(": cov: ");
  if (done != std::string::npos) return text.substr(done + 5, text.find(' ', done + 5) - done - 5);
  if (job == std::string::npos) return "0";
  const std::size_t begin = text.rfind('#', job) + 1;
  return text.substr(begin, job - begin);
}

/// Whose the innermost call is in each report of a crash: HDF5's, which is known to crash, or ours.
void add_crashes(const std::string& log, Findings& findings) {
  std::istringstream lines(log);
  std::string report;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("ERROR: ") != std::string::npos) report = line;
    if (report.empty() || line.find(" in ") == std::string::npos) continue;
    const bool hdf5 = line.find("/libhdf5") != std::string::npos;
    if (!hdf5 && line.find(" velocal::") == std::string::npos) continue;
    if (hdf5) findings.add_foreign_crash("libhdf5, of changed files (fuzzing)");
    if (!hdf5) findings.add_violation("a changed results file crashes us", report + "\n" + line);
    report.clear();
  }
}

/// HDF5 crashes, hangs and leaks on changed files. The fuzzer goes on, in a job after the other. Each job draws anew:
/// the same seed for all would let them repeat one another.
void go_on_after_crashes(Command& command) {
  command.arguments.insert(command.arguments.end(), {"-fork=2", "-ignore_crashes=1", "-ignore_timeouts=1",
                                                     "-ignore_ooms=1", "-timeout=2", "-detect_leaks=0"});
  const fs::path known = source_tree() / "tests/fuzz/asan_suppressions.txt";
  command.environment["ASAN_OPTIONS"] = "suppressions=" + known.string();
}

Command fuzzing(const fs::path& target, const Scene& scene, const Budget& budget) {
  const std::string name = target.filename().string().substr(5);  // after "fuzz_"
  const fs::path corpus = scene.scratch() / "corpus" / name, found = target.parent_path() / "found";
  fs::create_directories(corpus);
  fs::create_directories(found);
  return {.program = target,
          .arguments = {amount(target, budget), "-rss_limit_mb=4096",
                        fmt::format("-artifact_prefix={}/{}-", found.string(), name), corpus.string(),
                        (source_tree() / "tests/fuzz/corpus" / name).string()},
          .folder = scene.scratch(),
          .environment = {{"TMPDIR", scene.scratch().string()}},
          .timeout_s = longest_fuzzing_s};
}

/// Those that read text, in the order of their names.
std::vector<fs::path> fuzz_targets() {
  std::vector<fs::path> targets;
  if (!fs::exists(fuzz_folder())) return targets;
  for (const auto& entry : fs::directory_iterator(fuzz_folder())) {
    const std::string name = entry.path().filename();
    if (name.starts_with("fuzz_") && name != results_target && entry.is_regular_file()) targets.push_back(entry);
  }
  std::ranges::sort(targets);
  return targets;
}

/// All programs, in the place of each `command` what `changed` makes of it; a status that is not 0 is a violation.
std::string run_changed(const Scene& scene, const std::string& tool, Command (*changed)(Command command),
                        Findings& findings) {
  for_each_task(scene, scene.cases().size(), [&](std::size_t i, const fs::path& folder) {
    const Case& of = scene.cases()[i];
    restore(folder, of.before);
    Command command = changed(scene.command(*of.program, folder));
    command.timeout_s = 600.0;
    const Ended ended = run(command);
    if (ended.status == 0) return;  // the numbers are those of other instructions, in the last digit
    findings.add_violation(fmt::format("{} under {}", of.title, tool),
                           fmt::format("{}\n  status {}: {}", command.text(), ended.status, ended.err.substr(0, 4000)));
  });
  return fmt::format("{}", scene.cases().size());
}

Command with_memcheck(Command command) {
  command.arguments.insert(command.arguments.begin(), {"--quiet", "--error-exitcode=99", "--leak-check=full",
                                                       "--errors-for-leak-kinds=definite", command.program.string()});
  command.program = "/usr/bin/valgrind";
  return command;
}

Command with_thread_sanitizer(Command command) {
  command.program = source_tree() / "build/tsan/bin" / command.program.filename();
  return command;
}

}  // namespace

std::map<std::string, std::string> fuzz_texts(const Scene& scene, const Budget& budget, Findings& findings) {
  const std::vector<fs::path> targets = fuzz_targets();
  if (targets.empty()) return {};
  std::vector<std::string> runs(targets.size());
  for_each_task(scene, targets.size(), [&](std::size_t i, const fs::path&) {
    Command command = fuzzing(targets[i], scene, budget);
    command.arguments.insert(command.arguments.end(), {"-timeout=20", fmt::format("-seed={}", budget.seed)});
    const Ended ended = run(command);
    runs[i] = runs_in(ended.err);
    if (ended.status == 0) return;
    const std::size_t tail = ended.err.size() - std::min<std::size_t>(ended.err.size(), 3000);
    findings.add_violation(targets[i].filename().string() + " finds something",
                           command.text() + "\n" + ended.err.substr(tail));
  });
  std::string table = head({"target", "executions"}, 1);
  for (std::size_t i = 0; i < targets.size(); ++i) table += row({"`" + targets[i].filename().string() + "`", runs[i]});
  return {{"fuzz table", without_last_break(table)}};
}

std::map<std::string, std::string> fuzz_results(const Scene& scene, const Budget& budget, Findings& findings) {
  const fs::path target = fuzz_folder() / results_target;
  if (!fs::exists(target)) return {};
  Command command = fuzzing(target, scene, budget);
  go_on_after_crashes(command);
  const std::string log = run(command).err;
  add_crashes(log, findings);
  return {{"fuzzed results", runs_in(log)}};
}

std::map<std::string, std::string> watch_memory(const Scene& scene, const Budget& budget, Findings& findings) {
  if (budget.share < 1.0 || !fs::exists("/usr/bin/valgrind")) return {};
  return {{"memcheck", run_changed(scene, "memcheck", with_memcheck, findings)}};
}

std::map<std::string, std::string> watch_threads(const Scene& scene, const Budget& budget, Findings& findings) {
  if (budget.share < 1.0 || !fs::exists(source_tree() / "build/tsan/bin/velocal-flux")) return {};
  return {{"tsan", run_changed(scene, "the thread sanitizer", with_thread_sanitizer, findings)}};
}

}  // namespace velocal::test
