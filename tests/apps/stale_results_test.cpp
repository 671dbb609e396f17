// SPDX-License-Identifier: GPL-3.0-or-later
// A result that is not what would be made now is used by no program, whatever is forced; one that is, is not made
// again.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"

namespace velocal::test {
namespace {

using Catch::Matchers::Contains;

const std::string flux_file = "results/small/warm/flux.h5";
const std::string fit_file = "results/small/warm/fit.h5";

/// The program ends with this status and message, and changes nothing.
void expect_refusal(const SmallScan& scan, const std::string& stage, int status, const std::string& message,
                    const std::vector<std::string>& arguments = {}) {
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run(stage, arguments);
  CAPTURE(stage, outcome.err);
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains(message));
  CHECK(scan.snapshot() == before);
}

void expect_stale(const SmallScan& scan, const std::string& stage, const std::string& message) {
  expect_refusal(scan, stage, 4, message, {"--force"});
}

void expect_up_to_date(const SmallScan& scan, const std::vector<std::string>& stages) {
  const std::string before = scan.snapshot();
  for (const std::string& stage : stages) {
    const Outcome outcome = scan.run(stage);
    CAPTURE(stage, outcome.err);
    CHECK(outcome.status == 0);
    CHECK_THAT(outcome.out,
               Contains("small/warm: up to date (results/small/warm/") || Contains("up to date (data/scan"));
  }
  CHECK(scan.snapshot() == before);
}

std::string other_settings(const std::string& file, const std::string& difference, const std::string& program) {
  return file + " was made with other settings (" + difference + " in the descriptor). Run velocal-" + program +
         " small.yaml --force first";
}

}  // namespace

TEST_CASE("a setting that was edited makes stale what depends on it, and no program uses that") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit", "matrices"});
  const std::string original = read_text(scan.descriptor());
  const auto expect = [&](const std::string& from, const std::string& to, const std::string& message) {
    scan.edit_descriptor(from, to);
    expect_stale(scan, "matrices", message);
    write_text(scan.descriptor(), original);
  };
  const auto flux = [](const std::string& difference) { return other_settings(flux_file, difference, "flux"); };
  const auto fit = [](const std::string& difference) { return other_settings(fit_file, difference, "fit"); };
  expect("shutter: 260s0ms", "shutter: 130s0ms", flux("shutter: 260s0ms in the file, 130s0ms"));
  expect("folder: scan", "folder: scan2", flux("folder: scan in the file, scan2"));
  expect("18.34765625}", "18.34765625, acquisitions: [{threshold: [1522, 1524], acquisition: 0}]}",
         flux("reject.acquisitions: nothing in the file, 0 at 1522-1524"));
  expect("18.34765625", "18.5", flux("reject.last_column_mean: 18.34765625 in the file, 18.5"));
  expect("{folder: equalisation}", "{folder: other}", flux("baseline.folder: equalisation in the file, other"));
  expect("5900", "5895", fit("source.photon_energy_eV: 5900 in the file, 5895"));
  expect("covariance: absolute", "covariance: scaled", fit("fit.covariance: absolute in the file, scaled"));
  expect("E0: 1551", "E0: 1552",
         fit("initial: f 0.0009, A 8, s 12, E0 1551 in the file, f 0.0009, A 8, s 12, E0 1552"));
  expect_up_to_date(scan, {"simulate", "flux", "fit", "matrices"});

  // A part of what velocal-matrices makes that was taken away is missed.
  const std::string before = scan.snapshot();
  const std::string part = "results/small/warm/matrices.h5 is up to date, but not its part of ";
  for (const std::string name : {"results/small/warm/summary.csv", "results/results_collection.csv"}) {
    std::filesystem::remove(scan.folder() / name);
    expect_refusal(scan, "matrices", 5, part + name + ". Use --force to overwrite");
    CHECK(scan.run("matrices", {"--force"}).status == 0);
  }
  CHECK(scan.snapshot() == before);

  // A fit setting is nothing to the flux; and what changes no number is nothing to anybody.
  scan.edit_descriptor("covariance: absolute", "covariance: scaled");
  expect_up_to_date(scan, {"simulate", "flux"});
  expect_refusal(scan, "fit", 5,
                 fit_file +
                     " was made with other settings (fit.covariance: absolute in the file, scaled in the "
                     "descriptor). Use --force to overwrite");
  write_text(scan.descriptor(), original);
  scan.edit_descriptor("data: data", "data: ./data\nallow: {uncalibrated_pixels: 0.9}");
  expect_up_to_date(scan, {"flux", "fit", "matrices"});
}

TEST_CASE("a file of the scan that changed makes the flux stale") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit"});
  const auto baseline = scan.folder() / "data/equalisation/Module0_VP3-1_TrimBest_Noise_Predict.csv";
  const auto mask = scan.folder() / "data/scan/Module0_VP3-1_Matrix_Mask.csv";
  const auto expect = [&](const std::filesystem::path& file, const std::string& contents, const std::string& change) {
    const std::string before = read_text(file);
    write_text(file, contents);
    const std::string message = flux_file + " was made of other files (" + file.filename().string() + ": " + change;
    expect_stale(scan, "matrices", message + "). Run velocal-flux small.yaml --force first");
    expect_refusal(scan, "flux", 5, message + "). Use --force to overwrite");
    write_text(file, before);
  };
  const std::string counts = read_text(scan.acquisition(1530));
  std::string longer = counts;
  longer.replace(0, 1, "11");
  expect(scan.acquisition(1530), longer,
         std::to_string(counts.size()) + " bytes then, " + std::to_string(longer.size()) + " now");
  // The few small files are compared by their contents, those of counts only where that is asked for.
  const std::string noise = read_text(baseline);
  change_digit(baseline);
  const std::string other = read_text(baseline);
  write_text(baseline, noise);
  expect(baseline, other, "other contents than then");
  change_digit(scan.acquisition(1520));
  expect_up_to_date(scan, {"flux", "fit"});
  CHECK_THAT(scan.run("status", {"--verify"}).out, Contains("THR_1520_0.csv: other contents than then"));
  expect_refusal(scan, "flux", 5, "THR_1520_0.csv: other contents than then", {"--verify"});

  std::filesystem::remove(mask);
  std::filesystem::remove(scan.acquisition(1540));
  expect_stale(scan, "fit", "(2 files, the first being Module0_VP3-1_Matrix_Mask.csv: there then, missing now)");
  std::filesystem::remove_all(scan.folder() / "data");  // raw data may move away
  expect_up_to_date(scan, {"flux", "fit"});
}

TEST_CASE("a stage that was made anew makes the later ones stale, and velocal-status says which") {
  const SmallScan scan(most_masked);
  write_text(scan.folder() / "other.yaml", "velocal: 1\nextends: small.yaml\nname: other\n");
  scan.make({"simulate", "flux", "fit", "matrices"});
  for (const char* stage : {"flux", "fit", "matrices"}) {
    REQUIRE(run(std::string("velocal-") + stage, {"other.yaml"}, {.folder = scan.folder()}).status == 0);
  }
  CHECK(scan.run("status").out ==
        "small/warm: results\n"
        "  simulation     up to date (results/small/warm/truth.h5)\n"
        "  flux           up to date (results/small/warm/flux.h5)\n"
        "  fit            up to date (results/small/warm/fit.h5)\n"
        "  matrices       up to date (results/small/warm/matrices.h5)\n");
  CHECK(scan.run("matrices", {"other.yaml", "--compare"}).status == 0);

  // What the command line chose stays chosen, until the fit is made without it.
  REQUIRE(scan.run("fit", {"--covariance", "scaled", "--force"}).status == 0);
  const std::string stale =
      "results/small/warm/matrices.h5 was not made of this " + fit_file + " (that was made anew since). ";
  const Outcome compared = scan.run("matrices", {"other.yaml", "--compare", "--force"});
  CHECK(compared.status == 4);
  CHECK_THAT(compared.err, Contains(stale + "Run velocal-matrices small.yaml --force first"));
  expect_refusal(scan, "matrices", 5, stale + "Use --force to overwrite");
  expect_refusal(scan, "fit", 5, "(fit.covariance: scaled in the file, absolute in the descriptor)");
  expect_refusal(scan, "fit", 5, "(fit.significance: 0.05 in the file, 0.1 on the command line)",
                 {"--covariance", "scaled", "--significance", "0.1"});
  REQUIRE(scan.run("matrices", {"--force"}).status == 0);
  expect_up_to_date(scan, {"matrices"});
}

TEST_CASE("velocal-status says what is stale, why, and which command mends it") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux"});
  REQUIRE(scan.run("fit", {"--covariance", "scaled"}).status == 0);
  scan.edit_descriptor("acquisitions: 1", "acquisitions: 2");
  CHECK(scan.run("status").out ==
        "small/warm: results\n"
        "  simulation     stale: was made with other settings (acquisitions: 1 from 0 in the file, 2 from 0 in the "
        "descriptor). Run velocal-simulate small.yaml --force\n"
        "  flux           stale: was made with other settings (acquisitions: 1 from 0 in the file, 2 from 0 in the "
        "descriptor). Run velocal-flux small.yaml --force\n"
        "  fit            stale: was made of a stale flux (results/small/warm/flux.h5). Run velocal-fit small.yaml "
        "--covariance scaled --force\n"
        "  matrices       missing. Run velocal-matrices small.yaml\n");
  const auto stages = nlohmann::json::parse(scan.run("status", {"--json"}).out).at("scans").at(0).at("stages");
  CHECK(stages.at(1) == nlohmann::json{{"stage", "flux"},
                                       {"file", flux_file},
                                       {"state", "stale"},
                                       {"reason",
                                        "was made with other settings (acquisitions: 1 from 0 in the file, 2 "
                                        "from 0 in the descriptor)"},
                                       {"command", "velocal-flux small.yaml --force"}});
  CHECK(stages.at(3).at("state") == "missing");
  write_text(scan.results() / "fit.h5", "no results");
  CHECK_THAT(scan.run("status").out, Contains("fit            stale: cannot be used (results/small/warm/fit.h5"));
}

TEST_CASE("what was made of data that cannot be read now is not called stale, and no command is said to mend it") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit"});
  const auto mask = scan.folder() / "data/scan/Module0_VP3-1_Matrix_Mask.csv";
  std::filesystem::remove(mask);
  std::filesystem::create_directory(mask);
  const Outcome told = scan.run("status");
  CHECK_THAT(told.out,
             Contains("flux           cannot be compared: was made of files that cannot be read now (cannot read "
                      "data/scan/Module0_VP3-1_Matrix_Mask.csv (Is a directory))\n"));
  CHECK_THAT(told.out, Contains("fit            cannot be compared: was made of a flux that cannot be compared "
                                "(results/small/warm/flux.h5)\n"));
  const auto stage = nlohmann::json::parse(scan.run("status", {"--json"}).out).at("scans").at(0).at("stages").at(1);
  CHECK(stage.at("state") == "cannot be compared");
  CHECK_FALSE(stage.contains("command"));
  for (const std::vector<std::string>& options : {std::vector<std::string>{}, {"--force"}}) {
    const Outcome flux = scan.run("flux", options);
    CHECK(flux.status == 4);
    CHECK_THAT(flux.err, Contains("cannot read data/scan/Module0_VP3-1_Matrix_Mask.csv (Is a directory)") &&
                             !Contains("--force"));
  }
}

TEST_CASE("of several scans the command names the one, so that it leaves the others") {
  const SmallScan scan(most_masked);
  scan.make({"simulate"});
  scan.edit_descriptor("scans:\n",
                       "scans:\n  - {label: twin, folder: scan, shutter: 260s0ms, acquisitions: 1, "
                       "thresholds: {from: 1520, to: 1580, step: 2}, "
                       "initial: {f: 0.0009, A: 8, s: 12, E0: 1551}}\n");
  const std::string status = scan.run("status").out;
  CHECK_THAT(status, Contains("Run velocal-flux small.yaml --scan twin\n"));
  CHECK_THAT(status, Contains("Run velocal-flux small.yaml --scan warm\n"));
}

TEST_CASE("commands that are named can be given to a shell, whatever is in their paths and labels") {
  const SmallScan scan(most_masked);
  scan.edit_descriptor("scans:\n",
                       "scans:\n  - {label: a twin, folder: scan, shutter: 260s0ms, acquisitions: 1, "
                       "thresholds: {from: 1520, to: 1580, step: 2}, "
                       "initial: {f: 0.0009, A: 8, s: 12, E0: 1551}}\n");
  std::filesystem::rename(scan.descriptor(), scan.folder() / "a $scan.yaml");
  const Outcome outcome =
      run("velocal-status", {"a $scan.yaml", "--results", "it's here", "--data", "data"}, {.folder = scan.folder()});
  CHECK_THAT(outcome.out, Contains(R"(Run velocal-flux 'a $scan.yaml' --data data --results 'it'\''s here' )"
                                   "--scan 'a twin'\n"));
}

TEST_CASE("velocal-status --json tells in which folders the measured files of a scan are") {
  const SmallScan scan(most_masked);
  scan.edit_descriptor("source:", "noise: {folder: noise}\nsource:");
  scan.edit_descriptor("folder: scan", "folder: \"${VELOCAL_RUN}\"");
  const Outcome outcome = scan.run("status", {"--json"}, {.environment = {{"VELOCAL_RUN", "run7"}}});
  CHECK(nlohmann::json::parse(outcome.out).at("scans").at(0).at("folders") ==
        nlohmann::json{"data/run7", "data/equalisation", "data/noise"});
}

TEST_CASE("a table whose result is missing is told of, and overwritten by --force") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit", "matrices"});
  std::filesystem::remove(scan.results() / "matrices.h5");
  CHECK_THAT(scan.run("status").out, Contains("matrices       stale: results/small/warm/summary.csv is there without "
                                              "it. Run velocal-matrices small.yaml --force"));
  CHECK(scan.run("matrices").status == 5);
  CHECK(scan.run("matrices", {"--force"}).status == 0);
  CHECK_THAT(scan.run("status").out, Contains("matrices       up to date"));
}

TEST_CASE("an equalisation that another dataset drew is no scan of this one") {
  const SmallScan scan(most_masked);
  scan.make({"simulate"});
  write_text(scan.folder() / "other.yaml",
             "velocal: 1\nextends: small.yaml\nname: other\nscans: [{label: warm, folder: scan2}]\n");
  const std::string before = scan.snapshot();
  const auto draw = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"other.yaml"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run("velocal-simulate", arguments, {.folder = scan.folder()});
  };
  CHECK_THAT(draw({}).err, Contains("error: data/equalisation exists. Use --force to overwrite"));
  const Outcome forced = draw({"--force"});
  CHECK(forced.status == 5);
  CHECK_THAT(forced.err, Contains("data/equalisation holds a noise baseline that was not drawn for this scan (there is "
                                  "no results/other/warm/truth.h5). Give the scan a folder for its own baseline"));
  CHECK(scan.snapshot() == before);
}

}  // namespace velocal::test
