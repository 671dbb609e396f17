// SPDX-License-Identifier: GPL-3.0-or-later
// Data that are missing, damaged or of something else end with status 4 and leave no output.
#include <catch2/catch.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "two_scans.hpp"

namespace velocal::test {
namespace {

void expect_input_error(const SmallScan& scan, const std::string& stage, const std::string& message) {
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run(stage, {"--force"});
  CAPTURE(outcome.err, message);
  CHECK(outcome.status == 4);
  CHECK(outcome.out.empty());
  CHECK(contains(outcome.err, message));
  CHECK(scan.snapshot() == before);
}

}  // namespace

TEST_CASE("the stage before is missing: exactly this is said") {
  const SmallScan scan;
  CHECK(scan.run("fit").err ==
        "velocal-fit: error: no flux for small/warm (results/small/warm/flux.h5). Run velocal-flux small.yaml first\n");
  CHECK(
      scan.run("matrices").err ==
      "velocal-matrices: error: no fit for small/warm (results/small/warm/fit.h5). Run velocal-fit small.yaml first\n");
  expect_input_error(scan, "fit", "no flux");
}

TEST_CASE("missing acquisitions are all counted, five of them named") {
  const SmallScan scan;
  scan.make({"simulate"});
  for (int threshold = 1530; threshold < 1544; threshold += 2) std::filesystem::remove(scan.acquisition(threshold));
  const Outcome outcome = scan.run("flux");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 4);
  CHECK(contains(outcome.err, "7"));
  CHECK(contains(outcome.err, "THR_1530_0.csv"));
  CHECK(contains(outcome.err, "THR_1538_0.csv"));
  CHECK_FALSE(contains(outcome.err, "THR_1540_0.csv"));
  CHECK_FALSE(std::filesystem::exists(scan.results() / "flux.h5"));
}

TEST_CASE("a damaged acquisition is named with line and column") {
  const SmallScan scan;
  scan.make({"simulate"});
  std::string text = read_text(scan.acquisition(1524));
  text.replace(0, 1, "x");
  write_text(scan.acquisition(1524), text);
  expect_input_error(scan, "flux", "THR_1524_0.csv:1:1");
}

TEST_CASE("a baseline of 1e9 DAC is told with its file and place, before thresholds are counted from it") {
  const SmallScan scan;
  scan.edit_descriptor("start: descriptor", "start: descriptor, baseline: aligned");
  scan.make({"simulate"});
  const auto file = scan.folder() / "data/equalisation/Module0_VP3-1_TrimBest_Noise_Predict.csv";
  const std::string text = read_text(file);
  write_text(file, "1e9" + text.substr(text.find(',')));
  expect_input_error(scan, "flux",
                     "data/equalisation/Module0_VP3-1_TrimBest_Noise_Predict.csv: a baseline or its width is 0 to "
                     "65535 DAC (it is 1000000000 at row 0, column 0)");
}

TEST_CASE("no data folder at all") {
  const SmallScan scan;
  expect_input_error(scan, "flux", "data/scan");
  expect_input_error(scan, "flux", "\nvelocal-flux: --data names another folder of data");
}

TEST_CASE("a damaged results file, and one of another dataset") {
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit"});
  const auto file = scan.results() / "flux.h5";
  const std::string flux = read_text(file);
  write_text(file, flux.substr(0, flux.size() / 2));
  expect_input_error(scan, "fit", "results/small/warm/flux.h5");
  expect_input_error(scan, "fit", "\nvelocal-fit: run velocal-flux with --force");
  write_text(file, flux);

  scan.edit_descriptor("name: small", "name: other");
  std::filesystem::rename(scan.folder() / "results/small", scan.folder() / "results/other");
  expect_input_error(scan, "fit", "results/other/warm/flux.h5 belongs to dataset small, not other");
  expect_input_error(scan, "matrices", "results/other/warm/fit.h5 belongs to dataset small, not other");
}

TEST_CASE("a flux made with other settings than the descriptor now has") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  const std::string original = read_text(scan.descriptor());
  const auto expect_difference = [&](const std::string& from, const std::string& to, const std::string& reason) {
    scan.edit_descriptor(from, to);
    expect_input_error(scan, "fit",
                       "results/small/warm/flux.h5 was made with other settings (" + reason +
                           "). Run velocal-flux small.yaml --force first");
    write_text(scan.descriptor(), original);
  };
  expect_difference("to: 1580", "to: 1570",
                    "thresholds: 31 from 1520 to 1580 in the file, 26 from 1520 to 1570 in the descriptor");
  expect_difference("acquisitions: 1", "acquisitions: 2",
                    "acquisitions: 1 from 0 in the file, 2 from 0 in the descriptor");
  expect_difference("shutter: 260s0ms", "shutter: 130s0ms", "shutter: 260s0ms in the file, 130s0ms in the descriptor");
  expect_difference("18.34765625}", "18.34765625, acquisitions: [{threshold: 1522, acquisition: 0}]}",
                    "reject.acquisitions: nothing in the file, 0 at 1522 in the descriptor");
  expect_difference("covariance: absolute", "covariance: absolute, separation: column-pairs",
                    "fit.separation: columns in the file, column-pairs in the descriptor");
  expect_difference("    baseline: {folder: equalisation}\n", "",
                    "baseline.folder: equalisation in the file, nothing in the descriptor");
}

TEST_CASE("a threshold without a good acquisition and a missing mask are warned of, and the work goes on") {
  const SmallScan scan;
  scan.make({"simulate"});
  std::filesystem::remove(scan.folder() / "data/scan/Module0_VP3-1_Matrix_Mask.csv");
  scan.edit_descriptor("18.34765625}", "18.34765625, acquisitions: [{threshold: 1522, acquisition: 0}]}");
  const Outcome outcome = scan.run("flux", {"--quiet"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(contains(outcome.err, "1 of 31 thresholds have no good acquisition (1522)"));
  CHECK(contains(outcome.err, "no mask (data/scan/Module0_VP3-1_Matrix_Mask.csv). No pixel is masked"));
}

TEST_CASE("files of all scans are looked for before the first scan is read") {
  const TwoScans scans({"simulate"});
  std::filesystem::remove(scans.folder() / "data/cold/Module0_VP3-1_ECS_data_ST_260s0ms_THR_1530_0.csv");
  const Outcome outcome = run("velocal-flux", {"two.yaml"}, {.folder = scans.folder()});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 4);
  CHECK(contains(outcome.err, "1 of 31 acquisitions are missing in data/cold"));
  CHECK_FALSE(std::filesystem::exists(scans.results() / "two/warm/flux.h5"));
  CHECK(run("velocal-flux", {"two.yaml", "--scan", "warm", "-q"}, {.folder = scans.folder()}).status == 0);
}

}  // namespace velocal::test
