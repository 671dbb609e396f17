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
#include <utility>

#include "checks.hpp"
#include "workers.hpp"

namespace velocal::test {
namespace {

constexpr double kills_of_case = 120.0;  ///< of a program that runs first, and of one that runs again
constexpr std::array signals{SIGKILL, SIGINT, SIGTERM};
constexpr std::size_t least_killed = 200;  ///< of each program, in the long run
constexpr int most_tries = 16;             ///< to send a signal before the program's end
constexpr int most_unheard = 8;            ///< a signal comes too late once a program puts its last file in place

enum class Heard { yes, no, too_late };

/// Whether the signal ended the program, or came after its end.
Heard kill_once(const Scene& scene, const Case& of, int signal, double after_s, const std::filesystem::path& folder,
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
  if (is_half_done(now, of)) check_recovery(scene, of, folder, fault, how, findings);
  if (ended.status == 128 + signal) return Heard::yes;
  return ended.was_alive ? Heard::no : Heard::too_late;
}

/// Sends the signal at drawn moments until one has ended the program; how many were sent, whether it did.
std::pair<int, bool> kill_in_time(const Scene& scene, const Case& of, int signal, std::mt19937_64& random,
                                  const std::filesystem::path& folder, Findings& findings) {
  std::uniform_real_distribution moment_s(0.0, of.seconds);
  int unheard = 0;
  for (int tries = 1; tries <= most_tries; ++tries) {
    const Heard heard = kill_once(scene, of, signal, moment_s(random), folder, findings);
    if (heard == Heard::yes) return {tries, true};
    if (heard == Heard::no && ++unheard == most_unheard) {
      findings.add_violation(fmt::format("{}: it does not hear SIG{}", of.title, sigabbrev_np(signal)),
                             fmt::format("{} signals that came before its end", unheard));
    }
  }
  return {most_tries, false};
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
    const auto [tries, was_in_time] =
        kill_in_time(scene, *cases[i], signals[i % signals.size()], random, folder, findings);
    sent += static_cast<std::size_t>(tries);
    killed.at(cases[i]->program->name) += was_in_time;
  };
  for_each_task(scene, cases.size(), kill_one, budget.seconds);
  std::size_t sum = 0, least = std::numeric_limits<std::size_t>::max();
  for (const auto& [name, count] : killed) {
    sum += count;
    least = std::min(least, count.load());
  }
  if (budget.share >= 1.0 && least < least_killed) {
    findings.add_violation("a program was killed too rarely to say anything", std::to_string(least));
  }
  return {{"kills", std::to_string(sent.load())},
          {"killed", std::to_string(sum)},
          {"killed of each", std::to_string(least)}};
}

}  // namespace velocal::test
