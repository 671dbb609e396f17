// SPDX-License-Identifier: GPL-3.0-or-later
// velocal-recipe on a small simulated scan with noise scans.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "support/noise_files.hpp"
#include "two_scans.hpp"
#include "velocal/scan/matrix_csv.hpp"

namespace velocal::test {
namespace {

const std::string noise_section = "noise: {folder: noise}\n";

/// The small scan, calibrated.
struct CalibratedScan : SmallScan {
  CalibratedScan() {
    make({"simulate", "flux", "fit", "matrices"});
    edit_descriptor("source: {photon_energy_eV: 5900}", noise_section + "source: {photon_energy_eV: 5900}");
  }
  void measure_noise() const {
    const DrawnEqualisation drawn = drawn_equalisation();
    write_noise_scan(folder() / "data/noise", {"Module0_VP3-1", "Trim0", wide_sweep}, drawn.trim0, 1);
    write_noise_scan(folder() / "data/noise", {"Module0_VP3-1", "TrimF", wide_sweep}, drawn.trimF, 2);
    make({"baseline"});
  }
  nlohmann::json recipe(std::vector<std::string> more) const {
    more.push_back("--json");
    const Outcome outcome = run("recipe", more);
    CAPTURE(outcome.err);
    REQUIRE(outcome.status == 0);
    return nlohmann::json::parse(outcome.out).at("scans").at(0);
  }
};

}  // namespace

TEST_CASE("a calibrated scan becomes a threshold, and with noise scans there are trims, too") {
  const CalibratedScan scan;
  const auto json = scan.recipe({"--charge", "1000"});
  // the truth: baselines of 1425 DAC, targets of 124 DAC for 1599 electrons
  CHECK(json.at("threshold").at("value").get<double>() == Approx(1425.0 + 124.0 * 1000.0 / 1598.9).margin(1.0));
  CHECK(json.at("common_error").get<double>() == Approx(124.0 * 1000.0 / 1598.9 * 0.11 / 3.69).epsilon(0.02));
  CHECK(json.at("spread").get<double>() == Approx(5.5).margin(0.5));  // 4 of the baseline, 6/1.6 of the target
  CHECK_FALSE(json.contains("equalised"));
  CHECK(json.at("written") ==
        nlohmann::json{"results/small/warm/recipe_1000.csv", "results/small/warm/recipe_1000.sha256"});
  const std::string table = read_text(scan.results() / "recipe_1000.csv");
  CHECK_THAT(table, Catch::Matchers::StartsWith("quantity,value,error,unit\ncharge,1000,,e-\nK_pixels,"));

  scan.measure_noise();
  expect_error(scan.run("recipe", {"--charge", "1000"}), 5,
               "recipe_1000.csv, results/small/warm/recipe_1000.sha256 exist. Use");
  const auto with_trims = scan.recipe({"--charge", "1200.5"});
  CHECK(with_trims.at("written").at(1) == "results/small/warm/recipe_1200.5_trim.csv");
  CHECK(with_trims.at("equalised").at("unknown").get<int>() > 0);  // few rows have noise
  CHECK(with_trims.at("equalised").at("moved").get<int>() > 0);
  CHECK(with_trims.at("equalised").at("spread") < with_trims.at("spread"));
  const PixelMatrix<double> trims = read_matrix_csv(scan.results() / "recipe_1200.5_trim.csv");
  CHECK(*std::max_element(trims.begin(), trims.end()) <= 15.0);
}

TEST_CASE("trims that would be removed need --force") {
  const CalibratedScan scan;
  write_text(scan.results() / "recipe_1000_trim.csv", "mine");
  expect_error(scan.run("recipe", {"--charge", "1000"}), 5, "recipe_1000_trim.csv exists. Use --force");
  CHECK(read_text(scan.results() / "recipe_1000_trim.csv") == "mine");
  CHECK(scan.run("recipe", {"--charge", "1000", "--force"}).status == 0);
  CHECK_FALSE(std::filesystem::exists(scan.results() / "recipe_1000_trim.csv"));
}

TEST_CASE("velocal-status tells of a recipe whose files are not those of one run, and the next run mends it") {
  const CalibratedScan scan;
  scan.measure_noise();
  scan.recipe({"--charge", "1000"});
  scan.recipe({"--charge", "1200.5"});
  const std::string before = scan.snapshot();
  CHECK_FALSE(contains(scan.run("status").out, "recipe"));
  const auto trims = scan.results() / "recipe_1000_trim.csv";
  write_text(trims, read_text(trims).replace(0, 1, "x"));  // as if the table had not been put in place
  CHECK(contains(scan.run("status").out, "  recipe 1000    stale: its files are not those that one run wrote. Run "));
  std::filesystem::remove(scan.results() / "recipe_1200.5_trim.csv");
  const auto json = nlohmann::json::parse(scan.run("status", {"--json"}).out).at("scans").at(0).at("recipes");
  REQUIRE(json.size() == 2);
  const std::string command = "velocal-recipe small.yaml --scan warm --charge ";
  CHECK(json[0].at("command") == command + "1000 --force");
  CHECK(json[1].at("command") == command + "1200.5 --force");
  scan.recipe({"--charge", "1000", "--scan", "warm", "--force"});
  scan.recipe({"--charge", "1200.5", "--scan", "warm", "--force"});
  CHECK(scan.snapshot() == before);
}

TEST_CASE("trims of a stale noise baseline are not used, by recipes and their pictures") {
  const CalibratedScan scan;
  scan.measure_noise();
  scan.edit_descriptor("noise: {folder: noise}", "noise: {folder: noise, estimator: censored}");
  const std::string before = scan.snapshot();
  expect_error(scan.run("recipe", {"--charge", "1000"}), 4, "baseline.h5 was made with other settings");
  const Outcome picture = run("velocal-plot", {"recipe", "small.yaml", "--charge", "1000"}, {.folder = scan.folder()});
  expect_error(picture, 4, "baseline.h5 was made with other settings");
  CHECK(scan.snapshot() == before);
}

TEST_CASE("a recipe without a charge or a calibration is refused, and nothing is written") {
  const SmallScan scan;
  expect_error(scan.run("recipe"), 2, "no charge given. Say it in electrons: --charge 1000");
  for (const char* charge : {"0", "-5", "nan", "much"}) {
    expect_error(scan.run("recipe", {"--charge", charge}), 2, "--charge: must be a number of electrons above 0, got");
  }
  expect_error(scan.run("recipe", {"--charge", "1000"}), 4, "no matrices for small/warm");
  CHECK_FALSE(std::filesystem::exists(scan.folder() / "results"));
}

}  // namespace velocal::test
