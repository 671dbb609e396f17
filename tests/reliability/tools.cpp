// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools.hpp"

#include <fmt/format.h>

#include "support/source_tree.hpp"
#include "workers.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

namespace {

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
  const fs::path known = source_tree() / "tests/support/memcheck_of_others.supp";
  command.arguments.insert(command.arguments.begin(),
                           {"--quiet", "--error-exitcode=99", "--leak-check=full", "--errors-for-leak-kinds=definite",
                            "--suppressions=" + known.string(), command.program.string()});
  command.program = "/usr/bin/valgrind";
  return command;
}

Command with_thread_sanitizer(Command command) {
  command.program = source_tree() / "build/tsan/bin" / command.program.filename();
  return command;
}

}  // namespace

std::map<std::string, std::string> watch_memory(const Scene& scene, const Budget& budget, Findings& findings) {
  if (budget.share < 1.0 || !fs::exists("/usr/bin/valgrind")) return {};
  return {{"memcheck", run_changed(scene, "memcheck", with_memcheck, findings)}};
}

std::map<std::string, std::string> watch_threads(const Scene& scene, const Budget& budget, Findings& findings) {
  if (budget.share < 1.0 || !fs::exists(source_tree() / "build/tsan/bin/velocal-flux")) return {};
  return {{"tsan", run_changed(scene, "the thread sanitizer", with_thread_sanitizer, findings)}};
}

}  // namespace velocal::test
