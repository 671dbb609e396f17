// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong around a program ends with its status and message, and leaves the files as they were.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "support/sanitized.hpp"
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

bool is_running(pid_t process) {
  return kill(process, 0) == 0;
}

}  // namespace

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

TEST_CASE("the command that mends a result names the folders that it was looked for in") {
  const SmallScan scan;
  CHECK(contains(scan.run("status", {"--results", "other"}).out, "Run velocal-flux small.yaml --results other"));
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
                 "Make the fit anew, or accept the file as it is with velocal-status DATASET.yaml --reseal"));
  const Outcome sealed = scan.run("status", {"--reseal", "results/small/warm/fit.h5"});
  CHECK(sealed.status == 0);
  CHECK(sealed.out == "small: seals\n  made anew      results/small/warm/fit.h5\n");
  CHECK(scan.run("matrices").status == 0);
  CHECK(scan.run("status", {"--reseal", "small.yaml"}).status == 4);
  CHECK(scan.run("status", {"--reseal", ""}).status == 2);
  CHECK(contains(scan.run("status", {"--reseal", "/"}).err, "cannot lock \"/\" (it has no name)"));
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
  const SmallScan drawn, fresh;
  drawn.make({"simulate"});
  for (const auto& [scan, program] : {std::pair(&fresh, "simulate"), std::pair(&drawn, "flux")}) {
    scan->edit_descriptor("label: warm", "label: " + std::string(250, 'n'));
    const Outcome outcome = scan->run(program);
    CAPTURE(program, outcome.err);
    CHECK(outcome.status == 5);
    CHECK(contains(outcome.err, "(a name of 250 bytes; 183 are possible). Choose a shorter name or label"));
  }
  CHECK_FALSE(fs::exists(fresh.folder() / "data"));
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
