// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzzing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <vector>

#include "support/files.hpp"
#include "support/source_tree.hpp"
#include "validation/markdown.hpp"
#include "workers.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

namespace {

// What each target does in the long run (that of HDF5 a tenth of it); else it gets a share of the processor's time.
constexpr double executions = 1e7, short_fuzzing_s = 200.0, longest_fuzzing_s = 86400.0;

/// HDF5 takes a hundred times as long, and crashes.
constexpr auto results_target = "fuzz_results";

fs::path fuzz_folder() {
  return source_tree() / "build/fuzz/tests/fuzz";
}

double asked_of(const fs::path& target) {
  return target.filename() == results_target ? executions / 10.0 : executions;
}

std::string amount(const fs::path& target, const Budget& budget) {
  const double processes = target.filename() == results_target ? 2.0 : 1.0;
  if (budget.share < 1.0) return fmt::format("-max_total_time={:.0f}", short_fuzzing_s * budget.share / processes);
  return fmt::format("-runs={:.0f}", asked_of(target));
}

/// The number in "Done 123 runs in 4 second(s)", or, of jobs, in the last "#123: cov: ...".
std::string runs_in(const std::string& text) {
  const std::size_t done = text.rfind("Done "), job = text.rfind(": cov: ");
  if (done != std::string::npos) return text.substr(done + 5, text.find(' ', done + 5) - done - 5);
  if (job == std::string::npos) return "0";
  const std::size_t begin = text.rfind('#', job) + 1;
  return text.substr(begin, job - begin);
}

/// Input that ended the target in an earlier run must not count for this one.
fs::path empty_folder(const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

/// Inputs that end the target are kept in "found" beside it.
Command fuzzing(const fs::path& target, const Scene& scene, const Budget& budget) {
  const std::string name = target.filename().string().substr(5);  // after "fuzz_"
  const fs::path corpus = empty_folder(scene.scratch() / "corpus" / name);
  const fs::path found = empty_folder(target.parent_path() / "found" / name);
  return {.program = target,
          .arguments = {amount(target, budget), "-timeout=20", "-rss_limit_mb=4096",
                        fmt::format("-artifact_prefix={}/", found.string()), corpus.string(),
                        (source_tree() / "tests/fuzz/corpus" / name).string()},
          .folder = scene.scratch(),
          .environment = {{"TMPDIR", scene.scratch().string()}},
          .timeout_s = longest_fuzzing_s};
}

/// A target that stops early has not shown what was asked of it.
bool has_run(const fs::path& target, const std::string& runs, const Budget& budget) {
  return std::stod(runs) >= (budget.share < 1.0 ? 1.0 : asked_of(target));
}

void add_stop(const fs::path& target, const std::string& runs, const Ended& ended, Findings& findings) {
  const std::size_t tail = ended.err.size() - std::min<std::size_t>(ended.err.size(), 3000);
  findings.add_violation(target.filename().string() + " finds something, or stops early",
                         fmt::format("status {}, {} runs\n{}", ended.status, runs, ended.err.substr(tail)));
}

/// Those that read text, in the order of their names.
std::vector<fs::path> text_targets() {
  std::vector<fs::path> targets;
  if (!fs::exists(fuzz_folder())) return targets;
  for (const auto& entry : fs::directory_iterator(fuzz_folder())) {
    const std::string name = entry.path().filename();
    if (name.starts_with("fuzz_") && name != results_target && entry.is_regular_file()) targets.push_back(entry);
  }
  std::ranges::sort(targets);
  return targets;
}

using Environment = std::map<std::string, std::string>;

/// HDF5 1.10 itself copies overlapping memory when a file is damaged, and asks for gigabytes: it gets none. Whose a
/// call is, a library's name tells; looking up the names of functions takes as long as hundreds of executions. What is
/// freed is kept for one or two executions, where use after that shows: fresh memory costs a quarter of the time.
Environment sanitizer_of_results() {
  const fs::path known = source_tree() / "tests/fuzz/asan_suppressions.txt";
  return {{"ASAN_OPTIONS",
           fmt::format(
               "suppressions={}:symbolize=0:max_malloc_fill_size=0:quarantine_size_mb=8:max_allocation_size_mb=1024:"
               "allocator_may_return_null=1",
               known.string())}};
}

/// Whether the last call before the crash is HDF5's, and not ours: by the first report in the log.
bool is_in_hdf5(const std::string& log) {
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(" #") == std::string::npos && line.find("\t#") == std::string::npos) continue;
    if (line.find("/libhdf5") != std::string::npos) return true;
    if (line.find("/libvelocal") != std::string::npos) return false;
  }
  return false;
}

/// The sanitizer's allocator finds the begin of one of its blocks overwritten. Our code would have been stopped where
/// it writes: each of its writes is watched. HDF5's are not.
bool is_memory_spoilt_unseen(const std::string& log) {
  return log.find("AddressSanitizer: CHECK failed: asan_allocator") != std::string::npos;
}

/// What ended the target is tried again alone. HDF5 may have spoilt its memory long before: then nothing happens now.
void judge_found(const fs::path& target, const Scene& scene, Findings& findings) {
  std::vector<fs::path> inputs;
  for (const auto& entry : fs::directory_iterator(target.parent_path() / "found/results")) inputs.push_back(entry);
  for_each_task(scene, inputs.size(), [&](std::size_t i, const fs::path&) {
    Environment environment = sanitizer_of_results();
    environment["TMPDIR"] = scene.scratch().string();
    const Command command{.program = target,
                          .arguments = {"-timeout=20", "-rss_limit_mb=4096", "-detect_leaks=0", inputs[i].string()},
                          .folder = scene.scratch(),
                          .environment = environment};
    const Ended ended = run(command);
    const std::string kind = inputs[i].filename().string().substr(0, inputs[i].filename().string().find('-'));
    if (ended.status == 0) {
      findings.add_foreign_crash(fmt::format("libhdf5, of changed files (fuzzing): {} not seen again", kind));
    } else if (is_in_hdf5(ended.err) || is_memory_spoilt_unseen(ended.err)) {
      findings.add_foreign_crash(fmt::format("libhdf5, of changed files (fuzzing): {}", kind));
    } else {
      findings.add_violation("a changed results file is read with a " + kind, command.text() + "\n" + ended.err);
    }
  });
}

/// A line of the file is "crash" or "hang" (tests/fuzz/hdf5_escape.hpp).
void count_escapes(const fs::path& file, Findings& findings) {
  if (!fs::exists(file)) return;
  std::istringstream lines(read_text(file));
  for (std::string kind; std::getline(lines, kind);) {
    findings.add_foreign_crash(fmt::format("libhdf5, of changed files (fuzzing): {}", kind));
  }
}

}  // namespace

std::map<std::string, std::string> fuzz_texts(const Scene& scene, const Budget& budget, Findings& findings) {
  const std::vector<fs::path> targets = text_targets();
  if (targets.empty()) return {};
  std::vector<std::string> runs(targets.size());
  for_each_task(scene, targets.size(), [&](std::size_t i, const fs::path&) {
    Command command = fuzzing(targets[i], scene, budget);
    command.arguments.push_back(fmt::format("-seed={}", budget.seed));
    const Ended ended = run(command);
    runs[i] = runs_in(ended.err);
    if (ended.status != 0 || !has_run(targets[i], runs[i], budget)) add_stop(targets[i], runs[i], ended, findings);
  });
  std::string table = head({"target", "executions"}, 1);
  for (std::size_t i = 0; i < targets.size(); ++i) table += row({"`" + targets[i].filename().string() + "`", runs[i]});
  return {{"fuzz table", without_last_break(table)}};
}

/// The fuzzer goes on after what HDF5 does, in a job after the other. Each draws anew: the same seed for all would let
/// them repeat one another. The status is that of the last job, whatever ended it: judge_found() tries that again.
std::map<std::string, std::string> fuzz_results(const Scene& scene, const Budget& budget, Findings& findings) {
  const fs::path target = fuzz_folder() / results_target, escapes = scene.scratch() / "escapes";
  if (!fs::exists(target)) return {};
  Command command = fuzzing(target, scene, budget);
  command.arguments.insert(command.arguments.end(),
                           {"-fork=2", "-ignore_crashes=1", "-ignore_timeouts=1", "-ignore_ooms=1", "-detect_leaks=0"});
  command.environment.merge(sanitizer_of_results());
  command.environment["VELOCAL_FUZZ_ESCAPES"] = escapes.string();
  fs::remove(escapes);
  const Ended ended = run(command);
  if (!has_run(target, runs_in(ended.err), budget)) add_stop(target, runs_in(ended.err), ended, findings);
  judge_found(target, scene, findings);
  count_escapes(escapes, findings);
  return {{"fuzzed results", runs_in(ended.err)}};
}

}  // namespace velocal::test
