// SPDX-License-Identifier: GPL-3.0-or-later
#include "crowds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <sstream>
#include <thread>
#include <vector>

#include "fault_report.hpp"
#include "faults.hpp"
#include "support/files.hpp"
#include "velocal/core/process_mark.hpp"
#include "workers.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

namespace {

constexpr int programs_at_once = 20;
constexpr double crowds_of_kind = 20.0;
const fs::path collection = "results/results_collection.csv";
const Program flux{"flux", {}}, fit{"fit", {}}, matrices{"matrices", {}};

/// The scan of iron under twenty labels.
std::string many_scans(const std::string& descriptor) {
  const std::size_t begin = descriptor.find("  - label: iron"), end = descriptor.find("  - label: copper");
  const std::string scan = descriptor.substr(begin, end - begin);
  std::string text = descriptor.substr(0, begin);
  for (int i = 0; i < programs_at_once; ++i) {
    std::string own = scan;
    const std::string anchor = " &simulation";
    if (own.find(anchor) != std::string::npos) own.erase(own.find(anchor), anchor.size());
    text += own.replace(own.find("iron"), 4, fmt::format("scan{}", i));
  }
  return text;
}

std::vector<std::string> sorted_lines(const fs::path& file) {
  std::vector<std::string> lines;
  if (!fs::exists(file)) return lines;
  std::istringstream text(read_text(file));
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  std::ranges::sort(lines);
  return lines;
}

/// Flux and fit of all twenty; and the table when the rows come one after another.
struct Prepared {
  Tree files, done;
  std::vector<std::string> rows;
};

Prepared prepare(const Scene& scene, const fs::path& folder) {
  Tree tree = scene.complete();
  std::erase_if(tree, [](const auto& file) { return file.first.starts_with("results"); });
  tree["small.yaml"] = many_scans(tree.at("small.yaml").bytes());
  restore(folder, tree);
  for (const Program* program : {&flux, &fit}) run_well(scene.command(*program, folder));
  tree = read_tree(folder);
  run_well(scene.command(matrices, folder));
  return {std::move(tree), read_tree(folder), sorted_lines(folder / collection)};
}

struct Crowd {
  std::string name;
  std::string failing_lock{};  ///< kind of call (tests/support/failing_calls): as on file systems without flock(), or
                               ///< where the answer to a link is lost
  bool through_links = false;  ///< half of them come to the same files from another folder
  bool after_dead = false;     ///< links lie there of one who held the lock, and of one who took it over
};

void link_elsewhere(const fs::path& folder) {
  fs::create_directory(folder / "elsewhere");
  fs::create_symlink("../results/small", folder / "elsewhere/small");
  fs::create_symlink(fs::path("..") / collection, folder / "elsewhere/results_collection.csv");
}

void leave_dead_links(const fs::path& folder) {
  const std::string holder = process_mark() + "1", next = process_mark() + "2";  // like ours, but of another begin
  const std::string lock = folder / "results/.results_collection.csv.lock";
  write_text(lock + ".held", holder + " here\n");
  write_text(lock + ".removing-" + holder, next + " here\n");
}

std::string names_that_differ(const Tree& now, const Tree& wanted) {
  std::string names;
  for (const auto& [name, contents] : now) {
    if (!wanted.contains(name) || wanted.at(name) != contents) names += " " + name;
  }
  for (const auto& [name, contents] : wanted) {
    if (!now.contains(name)) names += " " + name;
  }
  return names;
}

void write_at_once(const Scene& scene, const fs::path& folder, const Crowd& crowd, const Prepared& prepared,
                   Findings& findings) {
  restore(folder, prepared.files);
  if (crowd.through_links) link_elsewhere(folder);
  if (crowd.after_dead) leave_dead_links(folder);
  std::vector<Ended> ended(programs_at_once);
  std::vector<std::jthread> threads;
  for (int i = 0; i < programs_at_once; ++i) {
    threads.emplace_back([&, i] {
      Command command = scene.command(matrices, folder);
      command.arguments.insert(command.arguments.end(), {"--scan", fmt::format("scan{}", i)});
      if (crowd.through_links && i % 2 == 0) {
        command.arguments.insert(command.arguments.end(), {"--results", "elsewhere"});
      }
      if (!crowd.failing_lock.empty()) {
        command.environment = environment_with({crowd.failing_lock, ENOLCK, "on"}, 1, folder.parent_path() / "report");
      }
      ended[static_cast<std::size_t>(i)] = run(command);
    });
  }
  threads.clear();
  if (!crowd.failing_lock.empty() && !read_report(folder.parent_path() / "report").failed) {
    findings.add_violation(crowd.name + ": no lock failed", "");
  }
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(".tmp") || name.ends_with(".held") || name.find(".removing-") != name.npos) {
      findings.add_violation(crowd.name + ": a temporary file or a lock is left", entry.path().string());
    }
  }
  for (const Ended& one : ended) {
    if (one.status != 0) findings.add_violation(crowd.name + ": a program fails", one.err);
  }
  fs::remove_all(folder / "elsewhere");  // read_tree() and restore() take links to folders for folders
  const fs::path table = folder / collection;
  if (sorted_lines(table) != prepared.rows) {
    findings.add_violation(crowd.name + ": the table has other rows", fs::exists(table) ? read_text(table) : "");
  }
  Tree now = read_tree(folder), done = prepared.done;
  for (Tree* tree : {&now, &done}) tree->erase(collection.string());  // its rows stand in the order of their writers
  if (now != done)
    findings.add_violation(crowd.name + ": other files than one after the other", names_that_differ(now, done));
}

}  // namespace

std::map<std::string, std::string> write_in_crowds(const Scene& scene, const Budget& budget, Findings& findings) {
  const Prepared prepared = prepare(scene, scene.scratch() / "crowd/w");
  const std::vector<Crowd> crowds{{"twenty at once"},
                                  {"twenty at once without locks", "lock"},
                                  {"twenty at once where a lock is had and said to fail", "lock,answer"},
                                  {"twenty at once through links", "", true},
                                  {"twenty at once without locks, after two were killed", "lock", false, true}};
  const std::size_t times = budget.of(crowds_of_kind);
  const auto write_one = [&](std::size_t i, const fs::path& folder) {
    write_at_once(scene, folder, crowds[i % crowds.size()], prepared, findings);
  };
  for_each_task(scene, crowds.size() * times, write_one, budget.seconds);
  return {{"crowds", std::to_string(times)}};
}

}  // namespace velocal::test
