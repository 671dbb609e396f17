// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools.hpp"

#include <fmt/format.h>

#include <mutex>
#include <set>
#include <sstream>

#include "support/source_tree.hpp"
#include "validation/markdown.hpp"
#include "workers.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

namespace {

constexpr double long_fuzzing_s = 900.0, short_fuzzing_s = 200.0;  ///< a target; of the latter only a share

double fuzzing_time(const Budget& budget) {
  return budget.share < 1.0 ? short_fuzzing_s * budget.share : long_fuzzing_s;
}

/// The number in "Done 123 runs in 4 second(s)".
std::string runs_in(const std::string& text) {
  const std::size_t at = text.rfind("Done ");
  if (at == std::string::npos) return "0";
  return text.substr(at + 5, text.find(' ', at + 5) - at - 5);
}

Command fuzzing(const fs::path& target, const Scene& scene, const Budget& budget) {
  const std::string name = target.filename().string().substr(5);  // after "fuzz_"
  const fs::path corpus = scene.scratch() / "corpus" / name, found = target.parent_path() / "found";
  fs::create_directories(corpus);
  fs::create_directories(found);
  const double time_s = fuzzing_time(budget);
  return {
      .program = target,
      .arguments = {fmt::format("-max_total_time={:.0f}", time_s), fmt::format("-seed={}", budget.seed), "-timeout=20",
                    "-rss_limit_mb=4096", fmt::format("-artifact_prefix={}/{}-", found.string(), name), corpus.string(),
                    (source_tree() / "tests/fuzz/corpus" / name).string()},
      .folder = scene.scratch(),
      .timeout_s = time_s + 300.0};
}

std::set<fs::path> fuzz_targets() {
  std::set<fs::path> targets;
  const fs::path folder = source_tree() / "build/fuzz/tests/fuzz";
  if (!fs::exists(folder)) return targets;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with("fuzz_") && entry.is_regular_file()) targets.insert(entry);
  }
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

std::map<std::string, std::string> fuzz(const Scene& scene, const Budget& budget, Findings& findings) {
  const auto set = fuzz_targets();
  const std::vector<fs::path> targets(set.begin(), set.end());
  std::map<std::string, std::string> runs;
  std::mutex mutex;
  for_each_task(scene, targets.size(), [&](std::size_t i, const fs::path&) {
    const Command command = fuzzing(targets[i], scene, budget);
    const Ended ended = run(command);
    const std::scoped_lock lock(mutex);
    const std::string name = targets[i].filename();
    runs[name] = runs_in(ended.err);
    if (ended.status == 0) return;
    const std::size_t tail = ended.err.size() - std::min<std::size_t>(ended.err.size(), 3000);
    findings.add_violation(name + " finds something", command.text() + "\n" + ended.err.substr(tail));
  });
  if (runs.empty()) return {{"fuzz table", "(skipped: the targets have not been built)"}};
  std::string table = head({"target", "executions"}, 1);
  for (const auto& [name, count] : runs) table += row({"`" + name + "`", count});
  return {{"fuzz table", without_last_break(table)}};
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
