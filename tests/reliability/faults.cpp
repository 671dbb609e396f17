// SPDX-License-Identifier: GPL-3.0-or-later
#include "faults.hpp"

#include <fmt/format.h>

#include <atomic>
#include <cstring>
#include <set>
#include <sstream>

#include "checks.hpp"
#include "support/files.hpp"
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

struct FailingCall {
  const Case* of;
  const Fault* fault;
  std::size_t number;  ///< of the call
};

/// What the preloaded library says of a run.
struct FaultReport {
  bool failed = false;       ///< the call was made and failed
  std::size_t failures = 0;  ///< so often, where the program came to its end
  bool crashed = false;
  bool spoils_hdf5 = false;           ///< what failed is a call that HDF5 1.10 does not survive (see foreign_crash)
  std::string failed_in, crashed_in;  ///< the innermost library that is not the system's, or our program
  Calls calls;                        ///< where the program came to its end
};

/// Frames of the signal and of the C and C++ libraries tell nothing of a crash.
bool tells_nothing(const std::string& frame) {
  for (const char* part : {"failing_calls", "/libc.so", "/libstdc++", "/libgcc_s", "/libm.so", "/ld-linux"}) {
    if (frame.find(part) != std::string::npos) return true;
  }
  return false;
}

FaultReport read_report(const fs::path& file) {
  FaultReport report;
  if (!fs::exists(file)) return report;
  std::istringstream lines(read_text(file));
  fs::remove(file);
  for (std::string line; std::getline(lines, line);) {
    if (line == "failed") report.failed = true;
    if (line.starts_with("failures ")) report.failures = std::stoul(line.substr(9));
    if (line == "crashed") report.crashed = true;
    if (line.starts_with("calls ")) {
      const std::size_t blank = line.find(' ', 6);
      report.calls.of_kind[line.substr(6, blank - 6)] = std::stoul(line.substr(blank));
    }
    if (line.starts_with("place ")) report.calls.new_allocations.insert(std::stoul(line.substr(6)));
    if (!report.crashed && line.find("(H5FL_blk_malloc+") != std::string::npos) report.spoils_hdf5 = true;
    std::string& library = report.crashed ? report.crashed_in : report.failed_in;
    if (library.empty() && line.starts_with('/') && !tells_nothing(line)) {
      library = fs::path(line.substr(0, line.find('('))).filename();
    }
  }
  return report;
}

bool is_ours(const std::string& library) {
  return library.empty() || library.find("velocal") != std::string::npos;
}

/// The C library says so where it finds its lists of memory spoilt, whoever asks for memory then.
bool is_heap_spoilt(const std::string& words) {
  return words.find("corrupted ") != std::string::npos || words.find("malloc(): ") != std::string::npos ||
         words.find("free(): ") != std::string::npos;
}

/// The library that crashed for want of memory; empty: none, or ours. Where an allocation fails, H5FL_blk_malloc of
/// HDF5 1.10 frees all unused lists, its own new one among them (H5FL_garbage_coll), and goes on with that: memcheck
/// shows it. The crash comes later, and anywhere.
std::string foreign_crash(const Fault& fault, const FaultReport& report, const Ended& ended) {
  const bool uncaught = ended.err.find("terminate called") != std::string::npos;  // wherever it was thrown
  if (fault.reason != ENOMEM || !report.crashed || uncaught) return {};
  if (report.spoils_hdf5 && is_heap_spoilt(ended.err)) return report.failed_in + ", memory spoilt (H5FL_blk_malloc)";
  return is_ours(report.crashed_in) ? "" : report.crashed_in;
}

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

struct Injected {
  FaultReport report;
  int status = 0;
  std::string how;  ///< to see it again
};

Injected inject(const Scene& scene, const FailingCall& task, const fs::path& folder, Findings& findings) {
  restore(folder, task.of->before);
  Command command = scene.command(*task.of->program, folder);
  const fs::path report_file = folder.parent_path() / "report";
  command.environment = environment_with(*task.fault, task.number, report_file);
  const Ended ended = run(command);
  const FaultReport report = read_report(report_file);
  const std::string abroad = foreign_crash(*task.fault, report, ended);
  if (!abroad.empty()) findings.add_foreign_crash(abroad);
  const Tree now = read_tree(folder);
  const bool removes = task.fault->call != "unlink";
  const bool goes_on = task.fault->reason == 0 || task.fault->reason == EINTR;
  const std::string reason = goes_on ? "" : std::strerror(task.fault->reason);
  check({.of = *task.of,
         .ended = ended,
         .now = now,
         .crashed_abroad = !abroad.empty(),
         .removes = removes,
         .is_exhausted = report.failed && (task.fault->reason == ENOMEM || task.fault->reason == EMFILE),
         .reason = reason,
         .may_look_again = task.fault->call == "stat"},
        task.fault->text(), command.text(), findings);
  if (is_half_done(now, *task.of)) {
    check_recovery(scene, *task.of, folder, task.fault->text(), command.text(), findings);
  }
  return {report, ended.status, command.text()};
}

}  // namespace

std::map<std::string, std::string> environment_to_count(const fs::path& report) {
  return environment_with({"memory", 0, "listed"}, 0, report);
}

Calls calls_in(const fs::path& report) {
  return read_report(report).calls;
}

namespace {

/// How many of the calls were made, and have failed.
std::size_t inject_all(const std::vector<FailingCall>& tasks, const Scene& scene, const Budget& budget,
                       Findings& findings) {
  std::atomic<std::size_t> injected{0};
  const auto inject_one = [&](std::size_t i, const fs::path& folder) {
    if (inject(scene, tasks[i], folder, findings).report.failed) ++injected;
  };
  for_each_task(scene, tasks.size(), inject_one, budget.seconds);
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
    const Injected injected = inject(scene, tasks[i], folder, findings);
    interrupted += injected.report.failures;
    if (injected.status == 0) return;
    findings.add_violation(fmt::format("{}, {}: it does not go on", tasks[i].of->title, tasks[i].fault->text()),
                           fmt::format("{}\n  status {}", injected.how, injected.status));
  };
  for_each_task(scene, tasks.size(), interrupt_one, budget.seconds);
  return {{"interruptions", std::to_string(interrupted)}};
}

}  // namespace velocal::test
