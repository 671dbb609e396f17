// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cstring>
#include <regex>
#include <set>
#include <span>
#include <sstream>

#include "pages.hpp"
#include "tables.hpp"
#include "velocal/store/hdf5/seal.hpp"

namespace velocal::test {
namespace {

/// Without the advice, which names the descriptor in a command.
std::string problem_in(const std::string& message) {
  return message.substr(0, message.find(". "));
}

/// 1 is a defect, and the command is right: never 2. Only a descriptor that cannot be read gives 3, and only what tells
/// of losses 6.
bool has_documented_status(const Trial& trial) {
  const Ended& ended = trial.ended;
  if (trial.signal != 0 && ended.status == 128 + trial.signal) return true;
  if (ended.status == 3) return problem_in(ended.err).find(".yaml") != std::string::npos;
  if (ended.status == 6) return trial.of.program->tells_all;
  static const std::set<int> documented{0, 4, 5, 7};
  return trial.crashed_abroad || documented.contains(ended.status);
}

/// nullptr: there is no such file.
const Contents* at(const Tree& tree, const std::string& name) {
  const auto found = tree.find(name);
  return found == tree.end() ? nullptr : &found->second;
}

bool same(const Contents* a, const Contents* b) {
  return a == nullptr || b == nullptr ? a == b : *a == *b;
}

/// The words stand in what it prints, or on the page that it writes.
bool tells(const Trial& trial, const std::string& words) {
  const auto has_them = [&](const std::string& text) { return text.find(words) != std::string::npos; };
  return has_them(trial.ended.out) || has_them(trial.ended.err) ||
         std::ranges::any_of(trial.now, [&](const auto& file) {
           return !same(&file.second, at(trial.of.before, file.first)) && has_them(file.second.bytes());
         });
}

bool tells_of_fault(const Trial& trial) {
  return trial.of.program->tells_all && !trial.reason.empty() && tells(trial, trial.reason);
}

bool names_fault(const Trial& trial, const std::string& line) {
  const auto has = [&](const std::string& words) { return line.find(words) != std::string::npos; };
  return has(trial.reason) || (trial.is_exhausted && has("out of memory"));
}

/// Words that tell how a result is, and numbers that were measured: those of counts have no point.
bool makes_a_claim(const std::string& line) {
  static const std::regex claim("missing|up to date|damaged|does not belong|other settings|[0-9]\\.[0-9]");
  return std::regex_search(line, claim);
}

/// What is not as ever names the fault, or claims nothing.
bool is_explained(const Trial& trial, const std::string& text) {
  return names_fault(trial, text) || !makes_a_claim(text);
}

/// Whether it is a results file that was sealed.
bool is_sealed(const Contents& file) try {
  unsealed(std::as_bytes(std::span(file.bytes())));
  return true;
} catch (const std::exception&) {
  return false;
}

/// What tells of all may be another one then, but has to be whole.
bool is_told_in(const Trial& trial, const std::string& name, const Contents* now) {
  if (now == nullptr) return false;
  const Contents *before = at(trial.of.before, name), *after = at(trial.of.after, name);
  if (name.ends_with("results_collection.csv")) return has_all_rows(*now, before, after);
  if (name.ends_with("/detector.csv")) {
    const auto names_it = [&](const std::string& row) { return names_fault(trial, row); };
    return has_all_lines(*now, before, after) && has_true_cells(*now, before, after, names_it);
  }
  if (name.ends_with("/detector.h5")) return is_sealed(*now);
  const auto explained = [&](const std::string& text) { return is_explained(trial, text); };
  return name.ends_with(".html") && has_true_leaves(*now, after, explained);
}

bool files_are_whole(const Trial& trial) {
  const bool tells = tells_of_fault(trial);
  const auto whole = [&](const auto& file) {
    const Contents* now = at(trial.now, file.first);
    return same(now, at(trial.of.before, file.first)) || same(now, at(trial.of.after, file.first)) ||
           (tells && is_told_in(trial, file.first, now));
  };
  return std::ranges::all_of(trial.of.before, whole) && std::ranges::all_of(trial.of.after, whole);
}

/// A simulation puts its files in place one after the other, and then leaves the rest to the next run.
bool may_leave_rest(const Trial& trial) {
  return trial.of.program->places_one_by_one && std::ranges::any_of(trial.of.after, [&](const auto& file) {
           return same(at(trial.now, file.first), &file.second) && !same(at(trial.of.before, file.first), &file.second);
         });
}

bool is_lock(const std::string& name) {
  return name.ends_with(".lock");
}

/// What nobody could remove is left to the next run, which check_recovery() looks at; so is a lock that could not be
/// had.
bool nothing_is_left(const Trial& trial) {
  const bool has_locks = trial.ended.err.find("cannot lock ") == std::string::npos;
  return trial.signal == SIGKILL || trial.crashed_abroad || !trial.removes || may_leave_rest(trial) ||
         std::ranges::all_of(trial.now, [&](const auto& file) {
           return trial.of.before.contains(file.first) || trial.of.after.contains(file.first) ||
                  (!has_locks && is_lock(file.first));
         });
}

bool says_why(const Trial& trial) {
  const bool unheard = trial.signal != 0 && trial.ended.ended_by == trial.signal;  // before it listens to signals
  return trial.ended.status == 0 || !trial.ended.err.empty() || unheard || trial.crashed_abroad;
}

/// The message of an error does; words of std::filesystem are none of ours.
bool follows_grammar(const Trial& trial) {
  static const std::set<int> errors{3, 4, 5, 7};
  if (trial.crashed_abroad || !errors.contains(trial.ended.status)) return true;
  const std::string begin = fmt::format("velocal-{}: error: ", trial.of.program->name);
  return trial.ended.err.find(begin) != std::string::npos &&
         trial.ended.err.find("filesystem error") == std::string::npos;
}

/// An error has the system's word for what failed; of memory and open files tells_exhaustion() asks.
bool says_what_failed(const Trial& trial) {
  static const std::set<int> errors{3, 4, 5, 7};
  if (trial.reason.empty() || trial.is_exhausted || trial.crashed_abroad || !errors.contains(trial.ended.status))
    return true;
  const auto says = [&](const std::string& reason) { return trial.ended.err.find(reason) != std::string::npos; };
  return says(trial.reason) || (trial.may_look_again && says(std::strerror(ENOENT)));
}

/// 7, whatever library it was that got none; what tells of all may say it of a file, and go on. A gnuplot that got none
/// tells us nothing of it.
bool tells_exhaustion(const Trial& trial) {
  if (!trial.is_exhausted || trial.crashed_abroad || trial.ended.status == 0 || trial.ended.status == 7) return true;
  if (trial.ended.err.find("error: gnuplot ") != std::string::npos) return true;
  return trial.of.program->tells_all &&
         (tells(trial, "out of memory") || tells(trial, std::strerror(ENOMEM)) || tells(trial, std::strerror(EMFILE)));
}

/// What is around the program fails, never the files that it reads.
bool blames_no_file(const Trial& trial) {
  const auto blames = [](const std::string& text) { return text.find(" is damaged") != std::string::npos; };
  const auto table =
      std::ranges::find_if(trial.now, [](const auto& file) { return file.first.ends_with("/detector.csv"); });
  return !blames(trial.ended.err) && !blames(trial.ended.out) &&
         (table == trial.now.end() || !blames(table->second.bytes()));
}

/// Where it tells of the fault, each line is as ever, or names the fault, or claims nothing.
bool prints_truth(const Trial& trial) {
  if (!tells_of_fault(trial)) return true;
  std::istringstream lines(trial.ended.out);
  for (std::string line; std::getline(lines, line);) {
    const bool is_known = ("\n" + trial.of.out).find("\n" + line + "\n") != std::string::npos;
    if (!is_known && !is_explained(trial, line)) return false;
  }
  return true;
}

bool success_is_true(const Trial& trial) {
  Tree now = trial.now;
  if (!trial.removes) std::erase_if(now, [](const auto& file) { return is_lock(file.first); });
  const bool same = now == trial.of.after && trial.ended.out == trial.of.out;
  return trial.ended.status != 0 || same || tells_of_fault(trial);
}

}  // namespace

const std::vector<Check> checks{
    {"exit status is not one of the documented ones", has_documented_status},
    {"a file is neither the old nor the new one", files_are_whole},
    {"a temporary file is left", nothing_is_left},
    {"no message", says_why},
    {"a message is not as messages are", follows_grammar},
    {"a message does not say what failed", says_what_failed},
    {"a lack of memory or of open files does not end with 7", tells_exhaustion},
    {"exit status 0 with other results", success_is_true},
    {"exit status 0 with a file that is not safe on the disk",
     [](const Trial& trial) { return !trial.is_not_safe || trial.ended.status != 0; }},
    {"a line claims what is not so, and does not name the fault", prints_truth},
    {"a whole file is called damaged", blames_no_file},
    {"it hangs", [](const Trial& trial) { return !trial.ended.timed_out; }},
    {"a program that it started is left", [](const Trial& trial) { return !trial.ended.left_child; }},
};

namespace {

/// Names of what is not as it was before, nor as it is afterwards.
std::string strange_files(const Trial& trial) {
  std::string names;
  const auto add = [&](const std::string& name) {
    const Contents* now = at(trial.now, name);
    const bool known = same(now, at(trial.of.before, name)) || same(now, at(trial.of.after, name));
    if (!known && names.find(name) == std::string::npos) names += " " + name;
  };
  for (const Tree* tree : {&trial.now, &trial.of.before, &trial.of.after}) {
    for (const auto& [name, contents] : *tree) add(name);
  }
  return names.substr(0, 300);
}

}  // namespace

void check(const Trial& trial, const std::string& fault, const std::string& how, Findings& findings) {
  for (const Check& one : checks) {
    if (one.holds(trial)) continue;
    findings.add_violation(fmt::format("{}, {}: {}", trial.of.title, fault, one.violation),
                           fmt::format("{}\n  status {}: {}\n  strange:{}", how, trial.ended.status,
                                       trial.ended.err.substr(0, 300), strange_files(trial)));
  }
}

namespace {

/// Each file is that of `before` or `after`, whichever is asked for; what else lies there does not count.
bool all_are(const Tree& now, const Tree& wanted, const Case& of) {
  const auto is_wanted = [&](const auto& file) { return same(at(now, file.first), at(wanted, file.first)); };
  return std::ranges::all_of(of.before, is_wanted) && std::ranges::all_of(of.after, is_wanted);
}

/// Old and new files of one result beside each other: the program's witness has to see it.
void check_mixture(const Scene& scene, const Case& of, const std::filesystem::path& folder, const std::string& fault,
                   const std::string& how, Findings& findings) {
  const Tree now = read_tree(folder);
  if (of.program->witness == Witness::none || all_are(now, of.before, of) || all_are(now, of.after, of)) return;
  const Ended witness = run(scene.witness(*of.program, folder));
  if (witness.ended_by == 0 && witness.out != of.witnessed) return;
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
