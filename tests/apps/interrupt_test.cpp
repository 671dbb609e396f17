// SPDX-License-Identifier: GPL-3.0-or-later
// A signal stops a program soon, with 128 + its number, and leaves no files.
#include <signal.h>

#include <catch2/catch.hpp>

#include "small_scan.hpp"

namespace velocal::test {
TEST_CASE("SIGINT, SIGTERM, a closed terminal and the end of a job's time stop a fit, also a silent one") {
  const SmallScan scan(few_masked);
  scan.make({"simulate", "flux"});
  const std::string before = scan.snapshot();
  const auto stopped = [&](int signal, const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"small.yaml", "--verbose", "-j1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    RunningProgram program("velocal-fit", arguments, {.folder = scan.folder()});
    REQUIRE(program.says("small/warm: fits of F1_0"));
    program.send(signal);
    const Outcome outcome = program.wait();
    CAPTURE(outcome.err);
    CHECK(outcome.status == 128 + signal);
    CHECK(outcome.err.find("interrupted") != std::string::npos);
    CHECK(scan.snapshot() == before);
  };
  stopped(SIGINT, {});
  stopped(SIGTERM, {"--no-progress"});
  const auto usual = signal(SIGHUP, SIG_DFL);  // the tests may run under nohup
  stopped(SIGHUP, {});
  signal(SIGHUP, usual);
  stopped(SIGXCPU, {});
}

TEST_CASE("SIGINT stops a simulation, which takes its files away") {
  const SmallScan scan(few_masked);
  scan.edit_descriptor("acquisitions: 1", "acquisitions: 40");  // 1240 files
  RunningProgram program("velocal-simulate", {"small.yaml", "--verbose"}, {.folder = scan.folder()});
  REQUIRE(program.says("1240 acquisitions"));
  program.send(SIGINT);
  CHECK(program.wait().status == 130);
  CHECK_FALSE(std::filesystem::exists(scan.folder() / "data"));  // it made the folder, too
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scan.folder())) {
    CAPTURE(entry.path());
    CHECK((entry.is_directory() || entry.path() == scan.descriptor() || entry.path().filename() == "velocal.log"));
  }
}

}  // namespace velocal::test
