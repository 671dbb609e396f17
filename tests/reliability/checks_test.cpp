// SPDX-License-Identifier: GPL-3.0-or-later
// What the campaigns look for, they have to find.
#include "checks.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <set>

namespace velocal::test {
namespace {

Contents contents(const char* text) {
  return Contents(std::string(text));
}

/// A run under a fault that ended as it should. `fit.h5` was there before, and is made anew.
struct Run {
  Program program{.name = "fit", .arguments = {}};
  Tree before{{"fit.h5", contents("old")}, {"flux.h5", contents("flux")}};
  Tree after{{"fit.h5", contents("new")}, {"flux.h5", contents("flux")}, {"mask.csv", contents("mask")}};
  Tree now = before;
  Ended ended{.status = 5, .out = {}, .err = "velocal-fit: error: cannot write fit.h5 (Input/output error)"};
  std::string reason = "Input/output error";
  bool is_exhausted = false, is_not_safe = false;

  std::set<std::string> violations() const {
    Case of;
    of.program = &program;
    of.before = before;
    of.after = after;
    of.out = "1.5 of 2 up to date\n";
    Findings findings;
    check({.of = of,
           .ended = ended,
           .now = now,
           .is_exhausted = is_exhausted,
           .reason = reason,
           .is_not_safe = is_not_safe},
          "a fault", "", findings);
    std::set<std::string> found;
    for (const auto& [what, count] : findings.violations()) found.insert(what.substr(what.find(": ") + 2));
    return found;
  }
  /// It is a program that tells of many files, and named the fault.
  void tell_all() {
    program.tells_all = true;
    ended = {.status = 0, .out = "fit: cannot read flux.h5 (Input/output error)\n", .err = {}};
  }
  void succeed() {
    now = after;
    ended = {.status = 0, .out = "1.5 of 2 up to date\n", .err = {}};
  }
};

struct Broken {
  std::string violation;
  std::function<void(Run&)> how;
};

const std::vector<Broken> broken{
    {"exit status is not one of the documented ones", [](Run& run) { run.ended.status = 1; }},
    {"exit status is not one of the documented ones", [](Run& run) { run.ended.status = 6; }},
    {"exit status is not one of the documented ones", [](Run& run) { run.ended.status = 139; }},
    {"a file is neither the old nor the new one", [](Run& run) { run.now["fit.h5"] = contents("ne"); }},
    {"a file is neither the old nor the new one", [](Run& run) { run.now.erase("flux.h5"); }},
    {"a temporary file is left", [](Run& run) { run.now[".fit.h5.1f"] = contents("ne"); }},
    {"no message", [](Run& run) { run.ended.err.clear(); }},
    {"a message is not as messages are", [](Run& run) { run.ended.err = "Input/output error"; }},
    {"a message is not as messages are", [](Run& run) { run.ended.err += "filesystem error"; }},
    {"a message does not say what failed", [](Run& run) { run.ended.err = "velocal-fit: error: cannot write"; }},
    {"a lack of memory or of open files does not end with 7", [](Run& run) { run.is_exhausted = true; }},
    {"exit status 0 with other results", [](Run& run) { run.ended.status = 0; }},
    {"exit status 0 with other results",
     [](Run& run) {
       run.succeed();
       run.ended.out = "2.5 of 2 up to date\n";
     }},
    {"exit status 0 with a file that is not safe on the disk",
     [](Run& run) {
       run.succeed();
       run.is_not_safe = true;
     }},
    {"a line claims what is not so, and does not name the fault",
     [](Run& run) {
       run.tell_all();
       run.ended.out += "mask: missing\n";
     }},
    {"a line claims what is not so, and does not name the fault",
     [](Run& run) {
       run.tell_all();
       run.ended.out += "fit: was made with other settings\n";
     }},
    {"a line claims what is not so, and does not name the fault",
     [](Run& run) {
       run.tell_all();
       run.ended.out += "K 12.9\n";
     }},
    {"a whole file is called damaged", [](Run& run) { run.ended.err += "; flux.h5 is damaged"; }},
    {"it hangs", [](Run& run) { run.ended.timed_out = true; }},
    {"a program that it started is left", [](Run& run) { run.ended.left_child = true; }},
};

}  // namespace

TEST_CASE("an old file with an error, a new one, and a fault that is told are no violations") {
  CHECK(Run().violations().empty());
  Run good;
  good.succeed();
  CHECK(good.violations().empty());
  Run telling;
  telling.tell_all();
  telling.ended.out += "1.5 of 2 up to date\nmask: cannot be compared\n";
  CHECK(telling.violations().empty());
}

TEST_CASE("each violation is found where it is") {
  std::set<std::string> all, tried;
  for (const Check& check : checks) all.insert(check.violation);
  for (const auto& [violation, how] : broken) {
    CAPTURE(violation);
    Run run;
    how(run);
    CHECK(run.violations().contains(violation));
    tried.insert(violation);
  }
  CHECK(tried == all);
}

TEST_CASE("a page or a table that tells of a fault has no number of its own") {
  const auto is_found = [](const std::string& file, const char* undisturbed, const char* now) {
    Run run;
    run.tell_all();
    run.after[file] = contents(undisturbed);
    run.now[file] = contents(now);
    return run.violations().contains("a file is neither the old nor the new one");
  };
  const char* const table = "a,b,1.5,done\na,c,2.5,done\n";
  CHECK_FALSE(is_found("results/detector.csv", table, "a,b,nan,done\na,c,2.5,done\n"));
  CHECK_FALSE(is_found("results/detector.csv", table, "a,b,7,Input/output error\na,c,2.5,done\n"));
  CHECK(is_found("results/detector.csv", table, "a,b,1.6,done\na,c,2.5,done\n"));
  CHECK(is_found("results/detector.csv", table, "a,b,1.5,done\n"));
  CHECK(is_found("results/detector.h5", "sealed", "not sealed"));
}

}  // namespace velocal::test
