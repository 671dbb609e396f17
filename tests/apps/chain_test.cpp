// SPDX-License-Identifier: GPL-3.0-or-later
// The chain from a simulated scan to the gain, with the real programs.
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"

namespace velocal::test {
namespace {

std::size_t line_count(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("simulate, flux, fit, matrices: files, tables and the way back to the truth") {
  const SmallScan scan;
  for (const char* stage : {"simulate", "flux", "fit", "matrices"}) {
    const Outcome outcome = scan.run(stage, {"--no-progress"});
    CAPTURE(stage, outcome.err, outcome.out);
    REQUIRE(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK(outcome.out.starts_with("small/warm: "));
  }
  for (const char* name : {"truth.h5", "flux.h5", "fit.h5", "matrices.h5", "summary.csv"}) {
    CHECK(std::filesystem::exists(scan.results() / name));
  }

  // the log, and nothing else: no temporary files
  CHECK(std::filesystem::exists(scan.results() / "velocal.log"));
  CHECK(std::distance(std::filesystem::directory_iterator(scan.results()), {}) == 6);

  const std::string collection = read_text(scan.folder() / "results/results_collection.csv");
  CHECK(line_count(collection) == 2);
  CHECK(contains(collection, "\nsmall,warm,260s0ms,False,"));
  CHECK(scan.run("matrices", {"--force"}).status == 0);
  CHECK(read_text(scan.folder() / "results/results_collection.csv") == collection);
}

TEST_CASE("option --json is one document whose numbers are those of the files") {
  const SmallScan scan;
  const auto summary = [&](const std::string& stage) {
    const Outcome outcome = scan.run(stage, {"--json"});
    CAPTURE(outcome.err);
    REQUIRE(outcome.status == 0);
    const auto json = nlohmann::json::parse(outcome.out);
    CHECK(json.at("program") == "velocal-" + stage);
    CHECK(json.at("dataset") == "small");
    CHECK(json.at("scans").size() == 1);
    return json.at("scans").at(0);
  };
  const auto drawn = summary("simulate");
  CHECK(drawn.at("acquisitions") == 31);
  CHECK(drawn.at("masked_pixels") == 64000);

  const auto flux = summary("flux");
  CHECK(flux.at("acquisitions").at("good") == 31);
  CHECK(flux.at("live_time_s").get<double>() == Approx(31 * 260.0));
  CHECK(flux.at("masked_pixels") == 64000);
  CHECK(flux.at("written").at(0) == "results/small/warm/flux.h5");

  const auto fit = summary("fit");
  const auto& pixels = fit.at("pixels");
  CHECK(pixels.at("live") == 1536);
  CHECK(pixels.at("good").get<int>() + pixels.at("bad").get<int>() + pixels.at("not_found").get<int>() +
            pixels.at("cut").get<int>() ==
        1536);
  CHECK(fit.at("reasons").at("masked") == 64000);

  const auto matrices = summary("matrices");
  const Calibration calibration = read_matrices(scan.results() / "matrices.h5", small_warm).value;
  CHECK(matrices.at("K").at("mean") == calibration.gain_means.mean);
  CHECK(matrices.at("target").at("mean") == calibration.target_means.mean);

  // Independent of our sums: the truth is normal around 124 DAC with spread 6; so must the mean of the good pixels be,
  // within 5 standard errors and the 0.5 DAC that the neyman fit is biased by at such counts.
  const auto& target = matrices.at("target");
  const double error = 6.0 / std::sqrt(target.at("pixels").get<double>());
  CHECK(std::abs(target.at("mean").get<double>() - 124.0) < 5.0 * error + 0.5);
  CHECK(std::abs(matrices.at("truth").at("target_difference").get<double>()) < 1.0);
  CHECK(matrices.at("truth").at("pulls_E0").at("pixels") == pixels.at("good"));
}

TEST_CASE("undefined numbers are null in JSON") {
  const SmallScan scan(65536);  // no live pixel: no fit, no mean
  scan.make({"simulate"});
  const Outcome flux = scan.run("flux", {"--json"});
  CAPTURE(flux.err);
  REQUIRE(flux.status == 0);
  CHECK(contains(flux.err, "31 of 31 thresholds have no good acquisition"));
  REQUIRE(scan.run("fit").status == 6);
  const Outcome matrices = scan.run("matrices", {"--json"});
  CAPTURE(matrices.err);
  REQUIRE(matrices.status == 6);
  CHECK(contains(matrices.err, "small/warm: there is no live pixel, and allow.uncalibrated_pixels is 50 %"));
  CHECK(nlohmann::json::parse(matrices.out).at("scans").at(0).at("K").at("mean").is_null());
}

TEST_CASE("files are the same for any number of threads") {
  const SmallScan scan;
  for (const char* stage : {"simulate", "flux", "fit", "matrices"}) REQUIRE(scan.run(stage, {"-j1"}).status == 0);
  const std::string one = scan.snapshot();
  for (const char* stage : {"simulate", "flux", "fit", "matrices"}) {
    REQUIRE(scan.run(stage, {"--threads", "3", "--force"}).status == 0);
  }
  CHECK(scan.snapshot() == one);
}

TEST_CASE("option --scan chooses among the scans - one without a simulation cannot be drawn") {
  const SmallScan scan;
  const std::string text = read_text(scan.descriptor());
  const std::string warm = text.substr(text.find("  - label: warm"));
  std::string cold = warm.substr(0, warm.find("    simulation:"));
  cold.replace(cold.find("warm"), 4, "cold");
  write_text(scan.descriptor(), text + cold);
  const std::string before = scan.snapshot();
  const Outcome both = scan.run("simulate");
  CAPTURE(both.err);
  CHECK(both.status == 3);
  CHECK(contains(both.err, "\"cold\""));
  CHECK(scan.snapshot() == before);  // not even the other scan is drawn

  REQUIRE(scan.run("simulate", {"--scan", "warm"}).status == 0);
  const auto flux = nlohmann::json::parse(scan.run("flux", {"--json"}).out).at("scans");  // both lie in one folder
  CHECK(flux.at(0).at("label") == "warm");
  CHECK(flux.at(1).at("label") == "cold");
  REQUIRE(scan.run("fit", {"--scan", "cold", "--scan", "cold"}).status == 0);
  CHECK(std::filesystem::exists(scan.folder() / "results/small/cold/fit.h5"));
  CHECK_FALSE(std::filesystem::exists(scan.results() / "fit.h5"));
}

TEST_CASE("option --seed draws another scan") {
  const SmallScan scan;
  scan.make({"simulate"});
  const std::string first = read_text(scan.acquisition(1520));
  REQUIRE(scan.run("simulate", {"--seed", "2", "--force"}).status == 0);
  CHECK(read_text(scan.acquisition(1520)) != first);
}

TEST_CASE("what the command line overrides is used and recorded, and handed on to the matrices") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  const Outcome outcome = scan.run("fit", {"--covariance", "scaled", "--baseline", "before", "-j2", "--quiet"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(outcome.out.empty());
  const Stored<ScanFit> fit = read_fit(scan.results() / "fit.h5", small_warm);
  CHECK(fit.provenance.options == "--covariance scaled --baseline before");
  CHECK(fit.value.settings.covariance == Covariance::scaled);
  CHECK(fit.value.settings.baseline == BaselineMode::before);
  REQUIRE(scan.run("matrices").status == 0);
  CHECK(read_matrices(scan.results() / "matrices.h5", small_warm).provenance.options == fit.provenance.options);
  CHECK(contains(read_text(scan.folder() / "results/results_collection.csv"), "\nsmall,warm,260s0ms,True,"));
}

TEST_CASE("option --data and --results take the place of the descriptor's folders") {
  const SmallScan scan;
  for (const char* stage : {"simulate", "flux"}) {
    const Outcome outcome = scan.run(stage, {"--data", "elsewhere/data", "--results", "elsewhere/results"});
    CAPTURE(outcome.err);
    REQUIRE(outcome.status == 0);
  }
  CHECK(std::filesystem::exists(scan.folder() / "elsewhere/data/scan"));
  CHECK(std::filesystem::exists(scan.folder() / "elsewhere/results/small/warm/flux.h5"));
  CHECK_FALSE(std::filesystem::exists(scan.folder() / "data"));
  CHECK_FALSE(std::filesystem::exists(scan.folder() / "results"));
}

}  // namespace velocal::test
