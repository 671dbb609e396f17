// SPDX-License-Identifier: GPL-3.0-or-later
#include "kills.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <map>
#include <string>

#include "checks.hpp"
#include "workers.hpp"

namespace velocal::test {
namespace {

constexpr double kills_of_case = 120.0;  ///< of a program that runs first, and of one that runs again
constexpr std::array signals{SIGKILL, SIGINT, SIGTERM};
constexpr int most_tries = 10;  ///< to send a signal before the program's end

/// Whether the signal came before the program's end.
bool kill_once(const Scene& scene, const Case& of, int signal, double after_s, const std::filesystem::path& folder,
               Findings& findings) {
  restore(folder, of.before);
  Command command = scene.command(*of.program, folder);
  command.signal = signal;
  command.signal_after_s = after_s;
  const Ended ended = run(command);
  const std::string fault = fmt::format("SIG{}", sigabbrev_np(signal));
  const std::string how = fmt::format("{}  # {} after {:.4f} s", command.text(), fault, after_s);
  const Tree now = read_tree(folder);
  check({.of = of, .ended = ended, .now = now, .signal = signal}, fault, how, findings);
  // What hears the signal leaves either all as it was, or the work done; SIGKILL may leave anything.
  if (signal == SIGKILL || is_half_done(now, of)) check_recovery(scene, of, folder, fault, how, findings);
  return ended.status == 128 + signal;
}

}  // namespace

std::map<std::string, std::string> kill_programs(const Scene& scene, const Budget& budget, Findings& findings) {
  std::vector<const Case*> cases;
  for (const Case& of : scene.cases()) {
    cases.insert(cases.end(), budget.of(kills_of_case), &of);
  }
  auto order = budget.random(200);
  std::shuffle(cases.begin(), cases.end(), order);  // where time is over early, each program has had its turn
  std::atomic<std::size_t> sent{0};
  std::map<std::string, std::atomic<std::size_t>> killed;  // before its end, by program
  for (const Program& program : programs) killed[program.name] = 0;
  const auto kill_one = [&](std::size_t i, const std::filesystem::path& folder) {
    auto random = budget.random(201 + i);
    std::uniform_real_distribution moment_s(0.0, cases[i]->seconds);
    bool was_in_time = false;
    for (int tries = 0; tries < most_tries && !was_in_time; ++tries) {
      was_in_time = kill_once(scene, *cases[i], signals[i % signals.size()], moment_s(random), folder, findings);
      ++sent;
      killed.at(cases[i]->program->name) += was_in_time;
    }
  };
  for_each_task(scene, cases.size(), kill_one, budget.seconds);
  std::size_t sum = 0, least = std::numeric_limits<std::size_t>::max();
  for (const auto& [name, count] : killed) {
    sum += count;
    least = std::min(least, count.load());
  }
  return {{"kills", std::to_string(sent.load())},
          {"killed", std::to_string(sum)},
          {"killed of each", std::to_string(least)}};
}

}  // namespace velocal::test
