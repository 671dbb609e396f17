// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that run at once: who makes a result keeps the others from it, whatever the file system offers for that.
#include <signal.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <thread>

#include "many_chips.hpp"
#include "small_scan.hpp"
#include "support/files.hpp"
#include "support/sanitized.hpp"
#include "velocal/core/process_mark.hpp"
#include "velocal/store/output/file_guard.hpp"

namespace fs = std::filesystem;

namespace velocal::test {

TEST_CASE("two fits at once: one makes the result, the other says so and touches nothing") {
  const SmallScan scan(few_masked);
  scan.make({"simulate", "flux"});
  RunningProgram first("velocal-fit", {"small.yaml", "--verbose", "-j1"}, {.folder = scan.folder()});
  REQUIRE(first.says("small/warm: fits of F1_0"));
  const Outcome second = scan.run("fit");
  CAPTURE(second.err);
  CHECK(second.status == 5);
  CHECK(contains(second.err, "another program is making results/small/warm/fit.h5 (process "));
  first.send(SIGINT);
  CHECK(first.wait().status == 130);
  CHECK_FALSE(fs::exists(scan.results() / ".fit.h5.lock"));
}

TEST_CASE("a signal ends the wait for the collection, and no result is changed") {
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit"});
  const FileGuard guard(scan.folder() / "results/results_collection.csv");
  const std::string before = scan.snapshot();
  RunningProgram program("velocal-matrices", {"small.yaml"}, {.folder = scan.folder()});
  REQUIRE(happens([&] { return fs::exists(scan.results() / ".matrices.h5.lock"); }));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  program.send(SIGINT);
  CHECK(program.wait().status == 130);
  CHECK(scan.snapshot() == before);
}

TEST_CASE("a lock that cannot be had is told before anything is changed") {
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit"});
  fs::create_directories(scan.folder() / "results/.results_collection.csv.lock");
  const std::string before = scan.snapshot();
  const Outcome matrices = scan.run("matrices");
  CAPTURE(matrices.err);
  CHECK(matrices.status == 5);
  CHECK(contains(matrices.err, "cannot lock "));
  CHECK(scan.snapshot() == before);
}

TEST_CASE("two results that a link makes one file are refused") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  scan.edit_descriptor("scans:\n",
                       "scans:\n  - {label: twin, folder: scan, shutter: 260s0ms, acquisitions: 1, "
                       "thresholds: {from: 1520, to: 1580, step: 2}, "
                       "initial: {f: 0.0009, A: 8, s: 12, E0: 1551}}\n");
  fs::create_directories(scan.results().parent_path() / "twin");
  fs::create_symlink("../warm/flux.h5", scan.results().parent_path() / "twin/flux.h5");
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run("flux", {"--force"});
  CHECK(outcome.status == 5);
  CHECK(
      contains(outcome.err, "results/small/twin/flux.h5 and results/small/warm/flux.h5 are one file (one is a link)"));
  CHECK(scan.snapshot() == before);
}

TEST_CASE("a lock file is not written to through a link") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  write_text(scan.folder() / "precious", "text");
  fs::create_symlink(scan.folder() / "precious", scan.results() / ".fit.h5.lock");
  const Outcome fit = scan.run("fit");
  CAPTURE(fit.err);
  CHECK(fit.status == 5);
  CHECK(contains(fit.err, "cannot lock "));
  CHECK(read_text(scan.folder() / "precious") == "text");
}

TEST_CASE("the table of the detector is not sealed anew while it is made, nor made while it is sealed anew") {
  const ManyChips chips("[Module0_VP0-0]");
  chips.make({"detector"}, 6);
  const fs::path file = chips.results() / "detector.h5";
  const std::string before = read_text(file);
  std::string holder;
  const FileGuard guard(file, holder);
  REQUIRE(holder.empty());
  for (const Outcome& outcome :
       {chips.run("detector", {"--force"}), chips.run("status", {"--reseal", "results/many/detector.h5"})}) {
    CHECK(outcome.status == 5);
    CHECK(contains(outcome.err, "another program is making results/many/detector.h5 (process "));
  }
  CHECK(read_text(file) == before);
}

TEST_CASE("without flock(), the lock of a killed program is taken over") {
  if (is_sanitized) {
    std::puts("SKIPPED: a sanitizer has to be loaded before the failing calls");
    return;
  }
  const SmallScan scan(few_masked);
  scan.make({"simulate", "flux"});
  const fs::path held = scan.results() / ".fit.h5.lock.held";
  Surroundings without_flock = with_failing_calls("lock 1 37 on");  // ENOLCK
  without_flock.folder = scan.folder();
  RunningProgram first("velocal-fit", {"small.yaml", "--verbose", "-j1"}, without_flock);
  REQUIRE(first.says("small/warm: fits of F1_0"));
  first.send(SIGKILL);
  first.wait();
  REQUIRE(fs::exists(held));
  const Outcome second = scan.run("fit", {}, without_flock);
  CAPTURE(second.err);
  CHECK(second.status == 0);
  CHECK_FALSE(fs::exists(held));
}

TEST_CASE("without flock(), links of killed programs are taken over, also of those that were killed at that") {
  if (is_sanitized) {
    std::puts("SKIPPED: a sanitizer has to be loaded before the failing calls");
    return;
  }
  const SmallScan scan(65000);
  scan.make({"simulate", "flux"});
  const auto ended = [](const char* digit) { return process_mark() + digit; };  // this process, but of another begin
  const fs::path lock = scan.results() / ".fit.h5.lock";
  write_text(lock.string() + ".held", ended("1") + " here\n");
  write_text(lock.string() + ".removing-" + ended("1"), ended("2") + " here\n");
  write_text(lock.string() + ".removing-" + ended("2"), ended("3") + " here\n");
  Surroundings without_flock = with_failing_calls("lock 1 37 on");  // ENOLCK
  without_flock.folder = scan.folder();
  const Outcome outcome = scan.run("fit", {}, without_flock);
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
  for (const auto& entry : fs::directory_iterator(scan.results())) {
    CHECK_FALSE(entry.path().string().starts_with(lock.string()));
  }
}

TEST_CASE("without flock(), a link that was made is a lock, whatever the call says of it") {
  if (is_sanitized) {
    std::puts("SKIPPED: a sanitizer has to be loaded before the failing calls");
    return;
  }
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  const Outcome fit = scan.run("fit", {}, with_failing_calls("lock,answer 1 37 on"));
  CAPTURE(fit.err);
  CHECK(fit.status == 0);
  CHECK_FALSE(fs::exists(scan.results() / ".fit.h5.lock.held"));
}

}  // namespace velocal::test
