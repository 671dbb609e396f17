// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <set>

namespace velocal::test {
namespace {

bool has_documented_status(const Trial& trial) {
  static const std::set<int> documented{0, 2, 3, 4, 5, 6, 7};  // 1 is a defect
  if (trial.signal != 0 && trial.ended.status == 128 + trial.signal) return true;
  return trial.crashed_abroad || documented.contains(trial.ended.status);
}

/// At this moment: "" for none.
const Contents* at(const Tree& tree, const std::string& name) {
  const auto found = tree.find(name);
  return found == tree.end() ? nullptr : &found->second;
}

bool same(const Contents* a, const Contents* b) {
  return a == nullptr || b == nullptr ? a == b : *a == *b;
}

/// In what it prints, or on the page that it writes.
bool tells_of_fault(const Trial& trial) {
  const auto tells = [&](const std::string& text) { return text.find(trial.reason) != std::string::npos; };
  if (!trial.of.program->tells_all || trial.reason.empty()) return false;
  return tells(trial.ended.out) || std::ranges::any_of(trial.now, [&](const auto& file) {
           return !same(&file.second, at(trial.of.before, file.first)) && tells(file.second.bytes());
         });
}

/// What tells of all may be another one then; a page is whole where it has its end.
bool is_told_in(const std::string& name, const Contents* now) {
  if (now == nullptr) return false;
  if (name.ends_with(".html")) return now->bytes().ends_with("</html>\n");
  return name.ends_with("/detector.h5") || name.ends_with("/detector.csv");
}

bool files_are_whole(const Trial& trial) {
  const bool tells = tells_of_fault(trial);
  const auto whole = [&](const auto& file) {
    const Contents* now = at(trial.now, file.first);
    return same(now, at(trial.of.before, file.first)) || same(now, at(trial.of.after, file.first)) ||
           (tells && is_told_in(file.first, now));
  };
  return std::ranges::all_of(trial.of.before, whole) && std::ranges::all_of(trial.of.after, whole);
}

/// A simulation puts its files in place one after the other, and then leaves the rest to the next run.
bool may_leave_rest(const Trial& trial) {
  return trial.of.program->places_one_by_one && std::ranges::any_of(trial.of.after, [&](const auto& file) {
           return same(at(trial.now, file.first), &file.second) && !same(at(trial.of.before, file.first), &file.second);
         });
}

/// What nobody could remove is left to the next run, which check_recovery() looks at.
bool nothing_is_left(const Trial& trial) {
  return trial.signal == SIGKILL || trial.crashed_abroad || !trial.removes || may_leave_rest(trial) ||
         std::ranges::all_of(trial.now, [&](const auto& file) {
           return trial.of.before.contains(file.first) || trial.of.after.contains(file.first);
         });
}

bool says_why(const Trial& trial) {
  const bool unheard = trial.signal != 0 && trial.ended.ended_by == trial.signal;  // before it listens to signals
  return trial.ended.status == 0 || !trial.ended.err.empty() || unheard || trial.crashed_abroad;
}

/// 7, whatever library it was that got none; a gnuplot that got none tells us nothing of it.
bool tells_exhaustion(const Trial& trial) {
  const bool in_gnuplot = trial.ended.err.find("gnuplot failed") != std::string::npos;
  return !trial.is_exhausted || trial.crashed_abroad || trial.of.program->tells_all || in_gnuplot ||
         trial.ended.status == 0 || trial.ended.status == 7;
}

/// What is around the program fails, never the files that it reads.
bool blames_no_file(const Trial& trial) {
  const auto blames = [](const std::string& text) { return text.find(" is damaged") != std::string::npos; };
  const auto table =
      std::ranges::find_if(trial.now, [](const auto& file) { return file.first.ends_with("/detector.csv"); });
  return !blames(trial.ended.err) && !blames(trial.ended.out) &&
         (table == trial.now.end() || !blames(table->second.bytes()));
}

bool success_is_true(const Trial& trial) {
  const bool same = trial.now == trial.of.after && trial.ended.out == trial.of.out;
  return trial.ended.status != 0 || same || tells_of_fault(trial);
}

}  // namespace

const std::vector<Check> checks{
    {"exit status is not one of the documented ones", has_documented_status},
    {"a file is neither the old nor the new one", files_are_whole},
    {"a temporary file is left", nothing_is_left},
    {"no message", says_why},
    {"a lack of memory or of open files does not end with 7", tells_exhaustion},
    {"exit status 0 with other results", success_is_true},
    {"a whole file is called damaged", blames_no_file},
    {"it hangs", [](const Trial& trial) { return !trial.ended.timed_out; }},
    {"a program that it started is left", [](const Trial& trial) { return !trial.ended.left_child; }},
};

void check(const Trial& trial, const std::string& fault, const std::string& how, Findings& findings) {
  for (const Check& one : checks) {
    if (one.holds(trial)) continue;
    findings.add_violation(fmt::format("{}, {}: {}", trial.of.title, fault, one.violation),
                           fmt::format("{}\n  status {}: {}", how, trial.ended.status, trial.ended.err.substr(0, 300)));
  }
}

namespace {

/// Each file is that of `before` or `after`, whichever is asked for; what else lies there does not count.
bool all_are(const Tree& now, const Tree& wanted, const Case& of) {
  const auto is_wanted = [&](const auto& file) { return same(at(now, file.first), at(wanted, file.first)); };
  return std::ranges::all_of(of.before, is_wanted) && std::ranges::all_of(of.after, is_wanted);
}

/// Old and new files of one result beside each other: velocal-status has to see it. What it does not list (pictures,
/// tables) are files that stand for themselves.
void check_mixture(const Scene& scene, const Case& of, const std::filesystem::path& folder, const std::string& fault,
                   const std::string& how, Findings& findings) {
  static const std::set<std::string> listed{"baseline", "flux", "fit", "matrices", "recipe"};
  const Tree now = read_tree(folder);
  if (!listed.contains(of.program->name) || all_are(now, of.before, of) || all_are(now, of.after, of)) return;
  if (run(scene.status(folder)).out != of.status) return;
  findings.add_violation(fmt::format("{}, {}: old and new files side by side, and nobody notices", of.title, fault),
                         how);
}

}  // namespace

bool is_half_done(const Tree& now, const Case& of) {
  return now != of.before && now != of.after;
}

void check_recovery(const Scene& scene, const Case& of, const std::filesystem::path& folder, const std::string& fault,
                    const std::string& how, Findings& findings) {
  check_mixture(scene, of, folder, fault, how, findings);
  const Ended again = run(scene.command(*of.program, folder));
  if (again.status == 0 && read_tree(folder) == of.after) return;
  findings.add_violation(fmt::format("{}, {}: the next run does not mend it", of.title, fault),
                         fmt::format("{}\n  then status {}: {}", how, again.status, again.err.substr(0, 300)));
}

}  // namespace velocal::test
