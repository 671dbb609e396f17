// SPDX-License-Identifier: GPL-3.0-or-later
#include "surroundings.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <numeric>
#include <optional>

#include "checks.hpp"
#include "support/small_disk.hpp"
#include "validation/markdown.hpp"
#include "workers.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

namespace {

constexpr unsigned nobody = 65534;
constexpr rlim_t KiB = 1024, MiB = 1024 * KiB;

/// A place that is not as it should be. Adding one is one line below.
struct Surrounding {
  std::string name;
  std::size_t steps;  ///< kinds of it: sizes, limits
  void (*change)(Command& command, std::size_t step);
  std::optional<rlim_t> room{};  ///< in a file system of its own, with as much beside the files; grows with each step
  bool read_only = false;        ///< that, too
  bool as_root = false;          ///< only root can make it
  bool is_exhausted = false;     ///< how it has to end is known then
};

void no_change(Command&, std::size_t) {}

const std::vector<Surrounding> surroundings{
    {"few open files",
     20,
     [](Command& c, std::size_t i) {
       c.limits = {{RLIMIT_NOFILE, 3 + i}};
     },
     {},
     false,
     false,
     true},
    {"little memory",
     160,
     [](Command& c, std::size_t i) {
       c.limits = {{RLIMIT_AS, (30 + 3 * i) * MiB}};
     },
     {},
     false,
     false,
     true},
    {"short files", 12,
     [](Command& c, std::size_t i) {
       c.limits = {{RLIMIT_FSIZE, (KiB / 2) << i}};
     }},
    {"full standard output", 1, [](Command& c, std::size_t) { c.output = "/dev/full"; }},
    {"foreign user", 1, [](Command& c, std::size_t) { c.user = nobody; }, {}, false, true},
    {"full file system", 40, no_change, 0, false, true},
    {"read-only file system", 1, no_change, 4 * MiB, true, true},
};

rlim_t size_of(const Tree& tree) {
  constexpr rlim_t page = 4096;
  return std::accumulate(tree.begin(), tree.end(), rlim_t{0}, [](rlim_t sum, const auto& file) {
    return sum + (file.second.bytes().size() + page - 1) / page * page + page / 2;
  });
}

std::string why_not(const Surrounding& surrounding, const Scene& scene) {
  if (surrounding.as_root && geteuid() != 0) return "needs root";
  if (surrounding.room && !SmallDisk(scene.scratch() / "mount", MiB).is_there()) return "nothing may be mounted here";
  return {};
}

/// Other libraries crash without memory before main(), and then also where there is nothing to do: not each time, for
/// addresses are drawn.
bool crashes_before_its_begin(const Ended& ended, Command command) {
  if (ended.ended_by == 0) return false;
  command.arguments = {"--version"};
  for (int tries = 0; tries < 30; ++tries) {
    if (run(command).ended_by != 0) return true;
  }
  return false;
}

/// Whether the program began at all. One that did not may have lost something all the same.
bool run_within(const Surrounding& surrounding, std::size_t step, const Scene& scene, const Case& of,
                const fs::path& folder, Findings& findings) {
  std::optional<SmallDisk> place;
  if (surrounding.room) place.emplace(folder, size_of(of.before) + *surrounding.room + step * 16 * KiB);
  restore(folder, of.before);
  if (surrounding.read_only) place->make_read_only();
  Command command = scene.command(*of.program, folder);
  surrounding.change(command, step);
  const Ended ended = run(command);
  if (ended.status == 127) return false;
  const bool begun = !crashes_before_its_begin(ended, command);
  const Tree now = read_tree(folder);
  const std::string how = fmt::format("{}  # step {}", command.text(), step);
  check({.of = of, .ended = ended, .now = now, .crashed_abroad = !begun, .is_exhausted = surrounding.is_exhausted},
        surrounding.name, how, findings);
  if (surrounding.read_only && ended.status == 0 && of.before != of.after) {
    findings.add_violation(of.title + ": succeeds where it cannot write", command.text());
  }
  place.reset();
  restore(folder, now);  // with room for the next run
  if (is_half_done(now, of)) check_recovery(scene, of, folder, surrounding.name, how, findings);
  return begun;
}

struct Task {
  const Surrounding* surrounding;
  std::size_t step;
  const Case* of;
};

}  // namespace

std::map<std::string, std::string> change_surroundings(const Scene& scene, const Budget& budget, Findings& findings) {
  std::vector<Task> tasks;
  std::map<const Surrounding*, std::string> reasons;  // why there is none of it; empty: there is
  std::map<const Surrounding*, std::atomic<std::size_t>> runs;
  for (const Surrounding& surrounding : surroundings) {
    runs[&surrounding] = 0;
    reasons[&surrounding] = why_not(surrounding, scene);
    if (!reasons[&surrounding].empty()) continue;
    std::vector<Task> own;
    for (std::size_t step = 0; step < surrounding.steps; ++step) {
      for (const Case& of : scene.cases()) own.push_back({&surrounding, step, &of});
    }
    budget.draw_from(own, tasks.size());
    tasks.insert(tasks.end(), own.begin(), own.end());
  }
  auto order = budget.random(500);
  std::shuffle(tasks.begin(), tasks.end(), order);  // where time is over early, each kind has had its turn
  const auto run_one = [&](std::size_t i, const fs::path& folder) {
    if (run_within(*tasks[i].surrounding, tasks[i].step, scene, *tasks[i].of, folder, findings)) {
      ++runs.at(tasks[i].surrounding);
    }
  };
  for_each_task(scene, tasks.size(), run_one, budget.seconds);
  std::string table = head({"surroundings", "runs"}, 1);
  for (const Surrounding& surrounding : surroundings) {
    const std::string& reason = reasons.at(&surrounding);
    table += row({surrounding.name, reason.empty() ? std::to_string(runs.at(&surrounding)) : "skipped: " + reason});
  }
  return {{"surroundings", without_last_break(table)}};
}

}  // namespace velocal::test
