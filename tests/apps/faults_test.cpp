// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong around a program ends with its status and message, and leaves the files as they were.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "support/sanitized.hpp"
#include "velocal/store/output/file_guard.hpp"
#include "velocal/store/output/file_transaction.hpp"

namespace fs = std::filesystem;

namespace velocal::test {
namespace {

/// Processes that are started can open one file more than they inherit.
class OneOpenFile {
 public:
  OneOpenFile() {
    const int lowest_free = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(lowest_free);
    getrlimit(RLIMIT_NOFILE, &old_);
    const rlimit limit{static_cast<rlim_t>(lowest_free) + 1, old_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  ~OneOpenFile() { setrlimit(RLIMIT_NOFILE, &old_); }
  OneOpenFile(const OneOpenFile&) = delete;
  OneOpenFile& operator=(const OneOpenFile&) = delete;

 private:
  rlimit old_{};
};

/// With the Nth call of a kind failing (tests/support/failing_calls).
Surroundings with_failing_calls(const std::string& fault) {
  return {.environment = {
              {"LD_PRELOAD", VELOCAL_FAILING_CALLS}, {"VELOCAL_FAULT", fault}, {"VELOCAL_FAULT_REPORT", "/dev/null"}}};
}

bool is_running(pid_t process) {
  return kill(process, 0) == 0;
}

/// Waits at most ten seconds.
bool happens(const std::function<bool()>& condition) {
  for (int i = 0; i < 1000 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return condition();
}

}  // namespace

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

TEST_CASE("too few open files: status 7, and no talk of damage") {
  if (is_sanitized) {
    std::puts("SKIPPED: the sanitizers open files of their own");
    return;
  }
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit"});
  const std::string before = scan.snapshot();
  for (const char* stage : {"simulate", "flux", "fit", "matrices"}) {
    Outcome outcome;
    {
      const OneOpenFile limit;
      outcome = scan.run(stage, {"--force"});
    }
    CAPTURE(stage, outcome.err);
    CHECK(outcome.status == 7);
    CHECK(contains(outcome.err, "Too many open files"));
    CHECK(scan.snapshot() == before);
  }
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

TEST_CASE("the command that mends a result names the folders that it was looked for in") {
  const SmallScan scan;
  CHECK(contains(scan.run("status", {"--results", "other"}).out, "Run velocal-flux small.yaml --results other"));
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

TEST_CASE("a folder that is not safe on the disk is told, but the file in it is whole") {
  if (is_sanitized) {
    std::puts("SKIPPED: a sanitizer has to be loaded before the failing calls");
    return;
  }
  const SmallScan scan;
  scan.make({"simulate"});
  const Outcome flux = scan.run("flux", {}, with_failing_calls("fsync 2 5 once"));  // the file's, then the folder's
  CAPTURE(flux.err);
  CHECK(flux.status == 5);
  CHECK(contains(flux.err, "flux.h5 is written and complete, but its folder is not safe on the disk"));
  CHECK(scan.run("fit").status == 0);
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

TEST_CASE("files of one result that do not belong together are told, with the command that mends them") {
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit", "matrices"});
  const std::string before = scan.snapshot();
  const auto expect_stray = [&](const fs::path& file, const std::string& message) {
    write_text(file, read_text(file).replace(read_text(file).rfind(','), 1, ",1"));
    const Outcome status = scan.run("status");
    CHECK(status.status == 0);
    CHECK(contains(status.out, message + ". Run velocal-matrices small.yaml --force\n"));
    CHECK(scan.run("matrices").status == 5);
    CHECK(scan.run("recipe", {"--charge", "1000", "-n"}).status == 0);  // it does not need that file
    CHECK(scan.run("matrices", {"--force"}).status == 0);
    CHECK(scan.snapshot() == before);
  };
  expect_stray(scan.results() / "summary.csv", "stale: results/small/warm/summary.csv does not belong to it");
  expect_stray(scan.folder() / "results/results_collection.csv",
               "stale: its row of results/results_collection.csv does not belong to it");

  // One that cannot be read keeps nobody from what does not need it.
  fs::remove(scan.results() / "summary.csv");
  fs::create_directory(scan.results() / "summary.csv");
  const Outcome status = scan.run("status");
  CHECK(status.status == 0);
  CHECK(contains(status.out,
                 "stale: cannot read results/small/warm/summary.csv (Is a directory). Put a file in its place"));
  CHECK_FALSE(contains(status.out, "Run "));  // --force would not mend it
  CHECK(scan.run("recipe", {"--charge", "1000"}).status == 0);
  const Outcome matrices = scan.run("matrices", {"--force"});
  CHECK(matrices.status == 4);
  CHECK(contains(matrices.err, "cannot read results/small/warm/summary.csv (Is a directory). Put a file in its place"));
  fs::remove(scan.results() / "matrices.h5");
  const Outcome lone = scan.run("status");
  CHECK(lone.status == 0);
  CHECK(contains(lone.out, "stale: cannot read results/small/warm/summary.csv"));
}

TEST_CASE("velocal-status names what a killed program has left, and the next program takes it away") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  const pid_t child = fork();
  if (child == 0) {
    FileTransaction files;
    files.add(scan.results() / "fit.h5", "half of a result");
    for (const char* beside : {"warm/csv", "warm/plots", "baseline", "plots"}) {
      files.add(scan.results().parent_path() / beside / "x", "half of a file");
    }
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  const std::string left = scan.run("status").out;
  for (const char* folder : {"warm", "warm/csv", "warm/plots", "baseline", "plots"}) {
    CAPTURE(folder, left);
    CHECK(contains(left, fmt::format("results/small/{}/.velocal-", folder)));
  }
  scan.make({"fit"});
  CHECK_FALSE(contains(scan.run("status").out, "results/small/warm/.velocal-"));
}

TEST_CASE("a results file that another program has changed is refused until it is sealed again") {
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit"});
  const fs::path fit = scan.results() / "fit.h5";
  write_text(fit, read_text(fit).substr(512));
  const Outcome refused = scan.run("matrices");
  CHECK(refused.status == 4);
  CHECK(contains(refused.err,
                 "results/small/warm/fit.h5 has no seal of velocal (another program wrote or changed it). "
                 "Make the fit anew, or accept the file as it is with velocal-status --reseal"));
  const Outcome sealed = scan.run("status", {"--reseal", "results/small/warm/fit.h5"});
  CHECK(sealed.status == 0);
  CHECK(sealed.out == "small: seals\n  made anew      results/small/warm/fit.h5\n");
  CHECK(scan.run("matrices").status == 0);
  CHECK(scan.run("status", {"--reseal", "small.yaml"}).status == 4);
}

TEST_CASE("the log does not follow a link out of the results") {
  const SmallScan scan;
  scan.make({"simulate"});
  fs::remove(scan.results() / "velocal.log");
  write_text(scan.folder() / "precious", "text");
  fs::create_symlink(scan.folder() / "precious", scan.results() / "velocal.log");
  const Outcome outcome = scan.run("flux");
  CHECK(outcome.status == 0);
  CHECK(contains(outcome.err, "warning: cannot write results/small/warm/velocal.log"));
  CHECK(read_text(scan.folder() / "precious") == "text");
}

TEST_CASE("a name that no file can have is told before anything is computed") {
  const SmallScan scan;
  scan.edit_descriptor("label: warm", "label: " + std::string(250, 'n'));
  const Outcome outcome = scan.run("simulate");
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.err, "(a name of 250 bytes; 238 are possible). Choose a shorter name or label"));
  CHECK_FALSE(fs::exists(scan.folder() / "data"));
}

TEST_CASE("a descriptor of one enormous line has a message that can be read") {
  const SmallScan scan;
  scan.edit_descriptor("name: small", "name: \"small/" + std::string(400'000, 'x') + "\"");
  const Outcome outcome = scan.run("flux");
  CHECK(outcome.status == 3);
  CHECK(contains(outcome.err, "small.yaml:2:7: name: must be usable as the name of a folder"));
  CHECK(outcome.err.size() < 3000);
}

TEST_CASE("a gnuplot that hangs ends with us: at the first signal, and when we are killed") {
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit", "matrices"});
  const fs::path bin = scan.folder() / "bin", begun = scan.folder() / "begun";
  write_text(bin / "gnuplot", "#!/bin/sh\necho $$ > " + begun.string() + ".new\nmv " + begun.string() + ".new " +
                                  begun.string() + "\nexec sleep 600\n");
  fs::permissions(bin / "gnuplot", fs::perms::owner_all);
  const std::string path = bin.string() + ":" + std::getenv("PATH");
  for (const int signal : {SIGINT, SIGKILL}) {
    fs::remove(begun);
    RunningProgram plot("velocal-plot", {"heatmap", "small.yaml", "--param", "K"},
                        {.folder = scan.folder(), .environment = {{"PATH", path}}});
    REQUIRE(happens([&] { return fs::exists(begun); }));
    const pid_t gnuplot = std::stoi(read_text(begun));
    CHECK(is_running(gnuplot));
    plot.send(signal);
    CHECK(plot.wait().status == 128 + signal);
    CHECK(happens([&] { return !is_running(gnuplot); }));
  }
}

}  // namespace velocal::test
