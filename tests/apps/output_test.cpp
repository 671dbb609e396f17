// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is overwritten, half-written or printed into the void.
#include <signal.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <cstdio>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "two_scans.hpp"

namespace velocal::test {
namespace {

/// No file of this process and of those that it starts may grow beyond this: stands in for a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &old_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit old_{};
};

bool skipped_without_terminal() {
  if (can_open_terminal()) return false;
  std::puts("SKIPPED: there are no pseudo-terminals here");
  return true;
}

/// The descriptor has another setting than the flux was made with.
struct ScanWithStaleFlux : SmallScan {
  ScanWithStaleFlux() {
    make({"simulate", "flux"});
    edit_descriptor("18.34765625", "18.5");
  }
};

}  // namespace

TEST_CASE(
    "output that is up to date stays, one that is stale is refused without a terminal, and replaced with --force") {
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit", "matrices"});
  const std::string before = scan.snapshot();
  const auto stays = [&](const std::string& stage, const std::string& files) {
    const Outcome outcome = scan.run(stage);
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "small/warm: up to date (" + files + ")\n");
  };
  stays("simulate", "data/scan, data/equalisation, results/small/warm/truth.h5");
  stays("flux", "results/small/warm/flux.h5");
  stays("fit", "results/small/warm/fit.h5");
  stays("matrices", "results/small/warm/matrices.h5, results/small/warm/summary.csv");
  CHECK(scan.snapshot() == before);
  const std::string original = read_text(scan.descriptor());
  scan.edit_descriptor("to: 1580", "to: 1578");
  for (const std::string stage : {"simulate", "flux"}) {
    const Outcome outcome = scan.run(stage);
    CAPTURE(outcome.err);
    CHECK(outcome.status == 5);
    CHECK(outcome.out.empty());
    CHECK(contains(outcome.err, (stage == "flux" ? "flux" : "truth") +
                                    std::string(".h5 was made with other settings (thresholds: 31 from 1520 to 1580 in "
                                                "the file, 30 from 1520 to 1578 in the descriptor). Use --force to "
                                                "overwrite")));
  }
  write_text(scan.descriptor(), original);
  CHECK(scan.snapshot() == before);
  for (const char* stage : {"simulate", "flux", "fit", "matrices"}) CHECK(scan.run(stage, {"-f"}).status == 0);
  CHECK(scan.snapshot() == before);  // the same input gives the same bytes
}

TEST_CASE("on a terminal the program asks") {
  if (skipped_without_terminal()) return;
  const ScanWithStaleFlux scan;
  const std::string before = scan.snapshot();
  const Outcome no =
      scan.run("flux", {}, {.folder = {}, .environment = {{"TERM", "xterm"}}, .terminal_input = "huh\nN\n"});
  CAPTURE(no.err);
  CHECK(no.status == 5);
  CHECK(contains(no.err, "results/small/warm/flux.h5 was made with other settings (reject.last_column_mean: "));
  CHECK(contains(no.err, "in the descriptor). Overwrite? [y/N]"));
  CHECK(scan.snapshot() == before);

  const Outcome yes =
      scan.run("flux", {}, {.environment = {{"TERM", "xterm"}, {"NO_COLOR", ""}}, .terminal_input = "Y\n"});
  CAPTURE(yes.err);
  CHECK(yes.status == 0);
  CHECK(contains(yes.err, "small/warm: reading ["));
  CHECK(contains(yes.err, "\033[32m"));  // NO_COLOR counts only when it is not empty
  scan.edit_descriptor("18.5", "18.6");
  const Outcome plain =
      scan.run("flux", {}, {.environment = {{"TERM", "xterm"}, {"NO_COLOR", "1"}}, .terminal_input = "y\n"});
  CHECK(plain.status == 0);
  CHECK(contains(plain.err, "small/warm: reading ["));
  CHECK_FALSE(contains(plain.err, "\033[32m"));
}

TEST_CASE("a signal ends the wait for an answer") {
  if (skipped_without_terminal()) return;
  const ScanWithStaleFlux scan;
  const std::string before = scan.snapshot();
  for (const int signal : {SIGINT, SIGTERM}) {
    RunningProgram asking("velocal-flux", {"small.yaml"},
                          {.folder = scan.folder(), .environment = {{"TERM", "xterm"}}, .terminal_input = "huh\n"});
    REQUIRE(asking.says("Overwrite? [y/N]"));
    asking.send(signal);
    CHECK(asking.wait().status == 128 + signal);
    CHECK(scan.snapshot() == before);
  }
}

TEST_CASE("option --dry-run says what would be done and touches nothing") {
  const SmallScan scan;
  const std::string empty = scan.snapshot();
  for (const char* stage : {"simulate", "flux", "fit", "matrices"}) {
    const Outcome outcome = scan.run(stage, {"--dry-run"});
    CAPTURE(outcome.err, outcome.out);
    CHECK(outcome.status == (std::string(stage) == "simulate" ? 0 : 4));  // nothing to work on is there
    CHECK(contains(outcome.out, "small/warm: would do"));
    CHECK(contains(outcome.out, "writes"));
  }
  CHECK(contains(scan.run("fit", {"-n"}).out, "results/small/warm/flux.h5 (missing)"));
  CHECK(scan.snapshot() == empty);

  scan.make({"simulate", "flux"});
  const std::string before = scan.snapshot();
  CHECK(contains(scan.run("flux", {"-n"}).out, "results/small/warm/flux.h5 (up to date)"));
  CHECK(contains(scan.run("flux", {"-nf"}).out, "results/small/warm/flux.h5 (exists, would be replaced)"));
  CHECK(contains(scan.run("flux", {"-n"}).out, "data/scan (31 acquisitions)"));
  CHECK(scan.snapshot() == before);
  scan.edit_descriptor("18.34765625", "18.5");
  CHECK(contains(scan.run("flux", {"-n"}).out, "results/small/warm/flux.h5 (exists, needs --force)"));
  CHECK(contains(scan.run("fit", {"-n"}).out, "  but first      results/small/warm/flux.h5 was made with other"));
}

TEST_CASE("option --dry-run ends as the program would where its inputs are missing") {
  const SmallScan scan;
  const std::vector<std::vector<std::string>> commands{
      {"flux"}, {"fit"}, {"matrices"}, {"recipe", "--charge", "1000"}, {"export"}, {"pack"}};
  for (const std::vector<std::string>& command : commands) {
    const std::vector<std::string> options{command.begin() + 1, command.end()};
    std::vector<std::string> dry = options;
    dry.emplace_back("--dry-run");
    const Outcome outcome = scan.run(command.front(), dry), real = scan.run(command.front(), options);
    CAPTURE(command.front(), outcome.err, real.err);
    CHECK(real.status == 4);
    CHECK(outcome.status == 4);
  }
}

TEST_CASE("option --dry-run ends as reading would where single files of a scan are missing") {
  const SmallScan scan;
  scan.make({"simulate"});
  const auto without = [&](const std::filesystem::path& file, const std::vector<std::string>& options) {
    const std::string contents = read_text(file);
    std::filesystem::remove(file);
    std::vector<std::string> dry = options;
    dry.emplace_back("--dry-run");
    const Outcome outcome = scan.run("flux", dry), real = scan.run("flux", options);
    write_text(file, contents);
    CAPTURE(file, outcome.err, real.err);
    CHECK(outcome.status == 4);
    CHECK(real.status == 4);
    CHECK(contains(outcome.err, file.filename().string()));
    CHECK(contains(real.err, file.filename().string()));
    CHECK(scan.run("flux", dry).status == 0);
  };
  without(scan.acquisition(1540), {});
  for (const char* name : {"Module0_VP3-1_TrimBest_Noise_Predict.csv", "Module0_VP3-1_Trim0_Noise_Width.csv"}) {
    without(scan.folder() / "data/equalisation" / name, {});
  }
  scan.make({"flux"});
  REQUIRE(scan.run("export", {"--what", "flux"}).status == 0);
  const auto csv = scan.results() / "csv";
  std::filesystem::remove(scan.results() / "flux.h5");
  without(file_that_begins("Fluxperpixel", csv), {"--from-csv", csv.string()});
}

TEST_CASE("a scan that was not drawn here is not drawn over, whatever is forced") {
  const SmallScan scan;
  scan.make({"simulate"});
  std::filesystem::remove(scan.results() / "truth.h5");
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run("simulate", {"--force"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.err, "data/scan holds a scan that was not drawn here"));
  CHECK(scan.snapshot() == before);
}

TEST_CASE("a scan that was drawn gives no leave to draw over another one") {
  const SmallScan scan;
  scan.make({"simulate"});
  const auto data = scan.folder() / "data";
  std::filesystem::copy(data, scan.folder() / "elsewhere", std::filesystem::copy_options::recursive);
  std::filesystem::copy(data / "scan", data / "measured", std::filesystem::copy_options::recursive);
  for (const auto& folder : {scan.folder() / "elsewhere/scan", data / "measured"}) {
    const auto counts = file_that_begins("Module0_VP3-1_ECS_data", folder);
    write_text(counts, read_text(counts).replace(0, 1, read_text(counts).front() == '0' ? "1" : "0"));
  }
  const auto expect_refused = [&](const std::vector<std::string>& options, const std::string& folder) {
    const std::string before = scan.snapshot();
    const Outcome outcome = scan.run("simulate", options);
    CAPTURE(outcome.err);
    CHECK(outcome.status == 5);
    CHECK(contains(outcome.err, folder + " holds a scan that was not drawn here (it is not as "
                                         "results/small/warm/truth.h5 has it: "));
    CHECK(contains(outcome.err, ": other contents than then)"));
    CHECK(scan.snapshot() == before);
  };
  expect_refused({"--data", "elsewhere", "--force", "--seed", "2"}, "elsewhere/scan");
  CHECK(scan.run("simulate", {"--force", "--seed", "2"}).status == 0);
  scan.edit_descriptor("folder: scan", "folder: measured");
  expect_refused({"--force"}, "data/measured");
}

TEST_CASE("a mask of noisy pixels that no fit here has made is not removed unasked") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  write_text(scan.results() / "noisy_mask.csv", "mine");
  const Outcome outcome = scan.run("fit");
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.err, "results/small/warm/noisy_mask.csv exists. Use --force to overwrite"));
  CHECK(read_text(scan.results() / "noisy_mask.csv") == "mine");
  CHECK(scan.run("fit", {"--force"}).status == 0);
}

TEST_CASE("a truth that cannot be read gives no leave either") {
  const SmallScan scan;
  scan.make({"simulate"});
  write_text(scan.results() / "truth.h5", read_text(scan.results() / "truth.h5").substr(0, 10000));
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run("simulate", {"--force"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.err,
                 "data/scan holds a scan that was not drawn here (it cannot be compared: "
                 "results/small/warm/truth.h5 is damaged"));
  CHECK_FALSE(contains(outcome.err, "anew"));  // that would lead here again
  CHECK(scan.snapshot() == before);
}

TEST_CASE("a scan of other thresholds, or compressed, is a scan, too") {
  const SmallScan scan;
  scan.make({"simulate"});
  const auto folder = scan.folder() / "data/scan";
  std::filesystem::remove_all(scan.folder() / "data/equalisation");
  std::filesystem::remove_all(scan.results());
  const auto measured = folder / "Module0_VP3-1_ECS_data_ST_1s0ms_THR_0999_000.csv.gz";
  std::filesystem::rename(scan.acquisition(1520), measured);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path() != measured) std::filesystem::remove(entry.path());
  }
  const Outcome outcome = scan.run("simulate", {"--force"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.err, "data/scan holds a scan that was not drawn here"));
}

TEST_CASE("files of thresholds that the scan no longer has stay drawn ones") {
  const SmallScan scan;
  scan.make({"simulate"});
  scan.edit_descriptor("to: 1580", "to: 1570");
  CHECK(scan.run("simulate", {"--force", "--seed", "2"}).status == 0);
  CHECK(std::filesystem::exists(scan.acquisition(1580)));
  CHECK(scan.run("simulate", {"--force", "--seed", "3"}).status == 0);
}

TEST_CASE("results that cannot be written: status 5, before anything is computed") {
  const SmallScan scan;
  scan.make({"simulate"});
  write_text(scan.folder() / "results-file", "in the way");
  const Outcome outcome = scan.run("flux", {"--results", "results-file"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.err, "results-file is no folder"));
}

TEST_CASE("a file system without room: status 5, and the old file stays") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  const std::string before = scan.snapshot();
  const FileSizeLimit limit(10000);
  const Outcome outcome = scan.run("flux", {"--force"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.err, "cannot write results/small/warm/flux.h5 (File too large)"));
  CHECK(scan.snapshot() == before);
}

TEST_CASE("a standard output that is full or closed: status 5, and the results are safe") {
  const SmallScan scan;
  scan.make({"simulate"});
  const Outcome full = scan.run("flux", {}, {.standard_output = "/dev/full"});
  CAPTURE(full.err);
  CHECK(full.status == 5);
  CHECK(contains(full.err, "cannot write to the standard output (No space left on device)"));
  CHECK(std::filesystem::exists(scan.results() / "flux.h5"));
  const std::string before = read_text(scan.results() / "flux.h5");
  CHECK(scan.run("flux", {"--force"}, {.standard_output = "-"}).status == 5);
  CHECK(read_text(scan.results() / "flux.h5") == before);  // and nothing was printed into it
}

TEST_CASE("a standard output that is full keeps no scan from being done") {
  const TwoScans two(std::vector<std::string>{});
  CHECK(run("velocal-simulate", {"two.yaml"}, {.folder = two.folder(), .standard_output = "/dev/full"}).status == 5);
  CHECK(std::filesystem::exists(two.results() / "two/warm/truth.h5"));
  CHECK(std::filesystem::exists(two.results() / "two/cold/truth.h5"));
}

}  // namespace velocal::test
