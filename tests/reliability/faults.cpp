// SPDX-License-Identifier: GPL-3.0-or-later
#include "faults.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <mutex>
#include <set>
#include <stdexcept>
#include <tuple>

#include "branches.hpp"
#include "checks.hpp"
#include "fault_report.hpp"
#include "workers.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

const std::vector<Fault> faults{
    {"read", EIO, "once"},      {"read", EIO, "on"},      {"read", EINTR, "once"},    {"read", 0, "once"},
    {"write", ENOSPC, "once"},  {"write", ENOSPC, "on"},  {"write", EIO, "once"},     {"write", EINTR, "once"},
    {"write", 0, "once"},       {"open", EMFILE, "once"}, {"open", EMFILE, "on"},     {"open", EACCES, "once"},
    {"open", EIO, "once"},      {"close", EIO, "once"},   {"close", EIO, "on"},       {"close", ENOSPC, "once"},
    {"stat", EIO, "once"},      {"stat", EIO, "on"},      {"stat", EACCES, "once"},   {"list", EIO, "once"},
    {"list", EIO, "on"},        {"mode", EPERM, "once"},  {"mode", EIO, "on"},        {"fork", EAGAIN, "once"},
    {"fork", EAGAIN, "on"},     {"fsync", EIO, "once"},   {"fsync", EIO, "on"},       {"fsync", ENOSPC, "on"},
    {"rename", EIO, "once"},    {"rename", EIO, "on"},    {"mkdir", ENOSPC, "once"},  {"mkdir", EACCES, "on"},
    {"unlink", EIO, "once"},    {"unlink", EIO, "on"},    {"lock", ENOLCK, "on"},     {"lock", EINTR, "once"},
    {"thread", EAGAIN, "once"}, {"thread", EAGAIN, "on"}, {"memory", ENOMEM, "once"}, {"memory", ENOMEM, "on"},
};

std::string Fault::text() const {
  if (times == "killed") return "killed before " + call;
  return fmt::format("{} fails ({}, {})", call, reason == 0 ? "half is done" : strerrorname_np(reason), times);
}

std::map<std::string, std::string> environment_with(const Fault& fault, std::size_t number, const fs::path& report) {
  return {{"LD_PRELOAD", VELOCAL_FAILING_CALLS},
          {"VELOCAL_FAULT_REPORT", report.string()},
          {"VELOCAL_FAULT", fmt::format("{} {} {} {}", fault.call, number, fault.reason, fault.times)}};
}

namespace {

constexpr std::size_t first_allocations = 300, drawn_allocations = 300;

/// Every second one: the work would never come to its end otherwise.
const std::vector<Fault> interruptions{{"read,write,lock", EINTR, "alternately"}, {"read,write", 0, "alternately"}};

/// Before each call that changes a file the program is killed: what lies there between two of them.
const std::vector<Fault> deaths{{"write", 0, "killed"},  {"mode", 0, "killed"},  {"fsync", 0, "killed"},
                                {"rename", 0, "killed"}, {"mkdir", 0, "killed"}, {"unlink", 0, "killed"},
                                {"lock", 0, "killed"}};

struct FailingCall {
  const Case* of;
  const Fault* fault;
  std::size_t number;  ///< of the call
};

std::set<std::size_t> numbers_to_fail(const Fault& fault, const Case& of, std::mt19937_64& random) {
  std::set<std::size_t> numbers;
  const std::size_t calls = of.calls.of_kind.at(fault.call);
  if (calls == 0) return numbers;
  const std::size_t all = fault.call == "memory" ? std::min(calls, first_allocations) : calls + 1;
  for (std::size_t number = 1; number <= all; ++number) numbers.insert(number);
  if (fault.call != "memory") return numbers;
  while (numbers.size() < std::min(calls, first_allocations + drawn_allocations)) numbers.insert(1 + random() % calls);
  return numbers;
}

std::vector<FailingCall> drawn_tasks(const std::string& call, const Scene& scene, const Budget& budget) {
  constexpr std::size_t least = 4;  // of locks and folders there are few
  std::vector<FailingCall> tasks;
  for (std::size_t i = 0; i < scene.cases().size(); ++i) {
    const Case& of = scene.cases()[i];
    const double share = budget.share < 1.0 ? of.program->share : 1.0;  // each second counts then
    auto random = budget.random(i);
    for (const Fault& fault : faults) {
      if (fault.call != call) continue;
      for (const std::size_t number : numbers_to_fail(fault, of, random)) {
        if (std::bernoulli_distribution(share)(random)) tasks.push_back({&of, &fault, number});
      }
    }
  }
  budget.draw_from(tasks, 100, least);
  return tasks;
}

/// Allocations of the program in each of its cases, those that `numbers` names for a fault.
std::vector<FailingCall> allocations(const std::string& program, const Scene& scene, const Budget& budget,
                                     std::set<std::size_t> (*numbers)(const Case& of, const Fault& fault)) {
  std::vector<FailingCall> tasks;
  for (const Case& of : scene.cases()) {
    for (const Fault& fault : faults) {
      if (of.program->name != program || fault.call != "memory") continue;
      for (const std::size_t number : numbers(of, fault)) tasks.push_back({&of, &fault, number});
    }
  }
  budget.draw_from(tasks, 102);
  return tasks;
}

std::set<std::size_t> first_of_each_place(const Case& of, const Fault& fault) {
  return fault.times == "on" ? of.calls.new_allocations : std::set<std::size_t>{};
}

std::set<std::size_t> all_of_them(const Case& of, const Fault&) {
  std::set<std::size_t> numbers;
  for (std::size_t number = 1; number <= of.calls.of_kind.at("memory"); ++number) numbers.insert(number);
  return numbers;
}

/// A program under a fault, and what it left.
struct Attempt {
  Ended ended;
  FaultReport report;
  Tree now;
};

/// As one sees it again.
Command command_under(const FailingCall& task, const Scene& scene, const fs::path& folder) {
  Command command = scene.command(*task.of->program, folder);
  command.environment = environment_with(*task.fault, task.number, folder.parent_path() / "report");
  return command;
}

/// In the folder lies what it left.
void judge(const Attempt& attempt, const FailingCall& task, const Scene& scene, const fs::path& folder,
           Findings& findings) {
  const std::string how = command_under(task, scene, folder).text();
  const std::string abroad = foreign_crash(task.fault->reason, attempt.report, attempt.ended);
  if (!abroad.empty()) findings.add_foreign_crash(abroad);
  const bool goes_on = task.fault->reason == 0 || task.fault->reason == EINTR;
  const bool is_exhausted = task.fault->reason == ENOMEM || task.fault->reason == EMFILE;
  check({.of = *task.of,
         .ended = attempt.ended,
         .now = attempt.now,
         .signal = task.fault->times == "killed" ? SIGKILL : 0,
         .crashed_abroad = !abroad.empty(),
         .removes = task.fault->call != "unlink",
         .is_exhausted = attempt.report.failed && is_exhausted,
         .reason = goes_on ? "" : std::strerror(task.fault->reason),
         .may_look_again = task.fault->call == "stat",
         .is_not_safe = attempt.report.failed && task.fault->call == "fsync" && task.fault->times != "killed"},
        task.fault->text(), how, findings);
  if (!is_half_done(attempt.now, *task.of)) return;
  check_recovery(scene, *task.of, folder, task.fault->text(), how, findings);
}

Attempt inject(const Scene& scene, const FailingCall& task, const fs::path& folder, Findings& findings) {
  restore(folder, task.of->before);
  const Ended ended = run(command_under(task, scene, folder));
  const Attempt attempt{ended, read_report(folder.parent_path() / "report"), read_tree(folder)};
  judge(attempt, task, scene, folder, findings);
  return attempt;
}

/// Calls of one case, sorted, that fail in the same way. What cannot be tried in branches stays in `left`. Returns how
/// many have failed.
std::size_t inject_in_branches(const Scene& scene, const FailingCall& first, std::vector<std::size_t>& left,
                               const fs::path& folder, Findings& findings) {
  std::size_t failed = 0;
  while (!left.empty()) {
    restore(folder, first.of->before);
    const std::vector<Branch> branches =
        run_branches(command_under({first.of, first.fault, 0}, scene, folder), left, folder.parent_path());
    for (const Branch& branch : branches) {
      const FailingCall task{first.of, first.fault, branch.number};
      const Tree& before = first.of->before;
      const Attempt attempt{branch.ended, parse_report(branch.report),
                            branch.changed_files ? read_tree(folder) : before};
      judge(attempt, task, scene, folder, findings);
      if (attempt.report.failed) ++failed;
      std::erase(left, branch.number);
    }
    if (branches.empty() || !branches.back().changed_files) {
      if (read_tree(folder) != first.of->before) throw std::runtime_error(first.of->title + " changes files unseen");
      break;
    }
  }
  return failed;
}

}  // namespace

std::map<std::string, std::string> environment_to_count(const fs::path& report) {
  return environment_with({"memory", 0, "listed"}, 0, report);
}

Calls calls_in(const fs::path& report) {
  return read_report(report).calls;
}

namespace {

/// To make ready for branches takes as long as some runs. They pay where programs end at the fault: without memory
/// nearly all do. Others often go on, and a copy takes as long as a run.
bool pays_in_branches(const std::vector<FailingCall>& piece) {
  constexpr std::size_t least = 6;
  return piece.front().fault->call == "memory" && piece.size() >= least;
}

/// Those that fail in the same way in one case, in pieces that several threads can do.
std::vector<std::vector<FailingCall>> pieces_of(std::vector<FailingCall> tasks) {
  constexpr std::size_t largest = 50;
  std::ranges::sort(tasks, {}, [](const FailingCall& task) { return std::tuple(task.of, task.fault, task.number); });
  std::vector<std::vector<FailingCall>> pieces;
  for (const FailingCall& task : tasks) {
    const bool goes_on = !pieces.empty() && pieces.back().front().of == task.of &&
                         pieces.back().front().fault == task.fault && pieces.back().size() < largest;
    if (!goes_on) pieces.emplace_back();
    pieces.back().push_back(task);
  }
  return pieces;
}

/// How many of the calls were made, and have failed: first those that can fail in branches, then the others.
std::size_t inject_all(std::vector<FailingCall> tasks, const Scene& scene, const Budget& budget, Findings& findings) {
  std::atomic<std::size_t> injected{0};
  std::vector<FailingCall> others;
  std::mutex mutex;
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::vector<FailingCall>> pieces = pieces_of(std::move(tasks));
  auto engine = budget.random(103);
  std::ranges::shuffle(pieces, engine);  // where the time ends, those of all programs are among them
  const auto inject_piece = [&](std::size_t i, const fs::path& folder) {
    std::vector<std::size_t> left;
    for (const FailingCall& task : pieces[i]) left.push_back(task.number);
    if (pays_in_branches(pieces[i])) {
      injected += inject_in_branches(scene, pieces[i].front(), left, folder, findings);
    }
    const std::scoped_lock lock(mutex);
    for (const std::size_t number : left) others.push_back({pieces[i].front().of, pieces[i].front().fault, number});
  };
  for_each_task(scene, pieces.size(), inject_piece, budget.seconds);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  fmt::print(stderr, "  {} in branches, {} others\n", injected.load(), others.size());
  std::ranges::shuffle(others, engine);
  const auto inject_one = [&](std::size_t i, const fs::path& folder) {
    if (inject(scene, others[i], folder, findings).report.failed) ++injected;
  };
  for_each_task(scene, others.size(), inject_one, std::max(0.0, budget.seconds - passed.count()));
  return injected;
}

}  // namespace

std::size_t inject_faults(const std::string& call, const Scene& scene, const Budget& budget, Findings& findings) {
  return inject_all(drawn_tasks(call, scene, budget), scene, budget, findings);
}

std::size_t fail_every_allocation(const std::string& program, const Scene& scene, const Budget& budget,
                                  Findings& findings) {
  return inject_all(allocations(program, scene, budget, all_of_them), scene, budget, findings);
}

std::size_t fail_each_place(const std::string& program, const Scene& scene, const Budget& budget, Findings& findings) {
  return inject_all(allocations(program, scene, budget, first_of_each_place), scene, budget, findings);
}

std::map<std::string, std::string> interrupt_calls(const Scene& scene, const Budget& budget, Findings& findings) {
  std::vector<FailingCall> tasks;
  for (const Case& of : scene.cases()) {
    for (const Fault& fault : interruptions) {
      for (std::size_t first = 1; first <= 2; ++first) tasks.push_back({&of, &fault, first});
    }
  }
  budget.draw_from(tasks, 101);
  std::atomic<std::size_t> interrupted{0};
  const auto interrupt_one = [&](std::size_t i, const fs::path& folder) {
    const Attempt attempt = inject(scene, tasks[i], folder, findings);
    interrupted += attempt.report.failures;
    if (attempt.ended.status == 0) return;
    findings.add_violation(
        fmt::format("{}, {}: it does not go on", tasks[i].of->title, tasks[i].fault->text()),
        fmt::format("{}\n  status {}", command_under(tasks[i], scene, folder).text(), attempt.ended.status));
  };
  for_each_task(scene, tasks.size(), interrupt_one, budget.seconds);
  return {{"interruptions", std::to_string(interrupted)}};
}

std::map<std::string, std::string> kill_at_calls(const Scene& scene, const Budget& budget, Findings& findings) {
  std::vector<FailingCall> tasks;
  for (const Case& of : scene.cases()) {
    for (const Fault& death : deaths) {
      const std::size_t calls = of.calls.of_kind.at(death.call);
      for (std::size_t number = 1; number <= calls; ++number) tasks.push_back({&of, &death, number});
    }
  }
  budget.draw_from(tasks, 104);
  std::atomic<std::size_t> killed{0};
  const auto kill_one = [&](std::size_t i, const fs::path& folder) {
    killed += inject(scene, tasks[i], folder, findings).ended.ended_by == SIGKILL;
  };
  for_each_task(scene, tasks.size(), kill_one, budget.seconds);
  return {{"kills at calls", std::to_string(killed)}};
}

}  // namespace velocal::test
