// SPDX-License-Identifier: GPL-3.0-or-later
// velocal-plot on two simulated scans: what it draws.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/files.hpp"
#include "support/sanitized.hpp"
#include "two_scans.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"

namespace velocal::test {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

const std::set<std::string> scan_pictures{"heatmap-f",
                                          "heatmap-A",
                                          "heatmap-s",
                                          "heatmap-E0",
                                          "heatmap-chi2_ndf",
                                          "heatmap-target",
                                          "heatmap-K",
                                          "heatmap-flux",
                                          "heatmap-status",
                                          "distribution-f",
                                          "distribution-A",
                                          "distribution-s",
                                          "distribution-E0",
                                          "distribution-chi2_ndf",
                                          "distribution-target",
                                          "distribution-K",
                                          "distribution-flux",
                                          "distribution-target-discrepancy-asic",
                                          "distribution-target-discrepancy-asic-good",
                                          "distribution-K-discrepancy-asic",
                                          "distribution-K-discrepancy-asic-good",
                                          "flux-asic",
                                          "flux-asic-good",
                                          "flux-area-127-128-100",
                                          "quality"};

}  // namespace

TEST_CASE("kind all draws every picture in every format, complete") {
  if (!gnuplot_is_there()) return;
  const TwoScans scans;
  std::vector<std::string> formats{"png", "pdf", "svg"};
  if (is_sanitized) formats = {"svg"};  // the formats are gnuplot's own matter
  for (const std::string& format : formats) {
    CAPTURE(format);
    const Outcome outcome = scans.plot({"all", "two.yaml", "--format", format, "--no-progress"});
    CAPTURE(outcome.err);
    REQUIRE(outcome.status == 0);
    CHECK(outcome.err.empty());
    for (const char* label : {"warm", "cold"}) {
      const fs::path folder = scans.results() / "two" / label / "plots";
      for (const std::string& name : scan_pictures) {
        CAPTURE(name);
        CHECK(fs::exists(folder / (name + "." + format)));
      }
      check_pictures(folder, parse_format(format));
    }
    for (const char* name :
         {"collection", "residuals-warm", "residuals-cold", "summary-gain", "summary-pixels", "summary-energy"}) {
      CHECK(fs::exists(scans.results() / "two/plots" / (std::string(name) + "." + format)));
    }
    check_pictures(scans.results() / "two/plots", parse_format(format));
    fs::remove_all(scans.results() / "two/plots");  // the tables are there once for all formats
  }
  // nothing else: no temporary files
  CHECK(names_in(scans.results() / "two/warm/plots").size() == formats.size() * scan_pictures.size());
}

TEST_CASE("options draw what they say, and the numbers in the titles are those of the files") {
  if (!gnuplot_is_there()) return;
  const TwoScans scans;
  const Outcome outcome = scans.plot({"heatmap", "two.yaml", "--param", "K", "--param", "E0", "--palette", "cividis",
                                      "--scan", "warm", "--output", "out", "--json"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(names_in(scans.folder() / "out") == std::set<std::string>{"heatmap-K.png", "heatmap-E0.png"});
  const auto json = nlohmann::json::parse(outcome.out)["scans"][0];
  CHECK(json["label"] == "warm");
  CHECK(json["written"].size() == 2);
  const Calibration calibration = read_matrices(scans.results() / "two/warm/matrices.h5", warm_of("two")).value;
  const auto& picture = json["pictures"][0];
  CHECK(picture["file"] == "out/heatmap-K.png");
  CHECK(picture["numbers"]["mean"]["value"].get<double>() == Approx(calibration.gain_means.mean).epsilon(1e-12));
  CHECK(picture["numbers"]["standard_deviation"].get<double>() ==
        Approx(calibration.gain_means.standard_deviation).epsilon(1e-9));
  CHECK(picture["numbers"]["pixels"].get<double>() == static_cast<double>(calibration.gain_means.pixels));
}

TEST_CASE("every other choice of flux, distribution and collection renders", "[thorough]") {
  if (!gnuplot_is_there()) return;
  const TwoScans scans;
  for (const char* group : {"even", "odd", "rows"}) {
    scans.make("fit", {"two.yaml", "--group", group});
    scans.make("matrices", {"two.yaml", "--group", group});
  }
  const FluxCube cube = read_flux(scans.results() / "two/warm/flux.h5", warm_of("two")).value;
  const Pixel live =
      Pixel::at(static_cast<std::size_t>(std::find(cube.mask.begin(), cube.mask.end(), 0) - cube.mask.begin()));
  const std::string pixel = std::to_string(live.row) + "," + std::to_string(live.column);
  const std::vector<std::vector<std::string>> choices{
      {"flux", "--pixel", pixel, "--asic-all", "--asic-good", "--residuals", "--pulls", "--scan", "warm"},
      {"flux", "--area", "100,100,40", "--script", "--title", "it's mine"},
      {"flux", "--group", "odd", "--asic-all"},
      {"flux", "--asic-good", "--log", "--pulls"},
      {"heatmap", "--threshold", "1550"},
      {"heatmap", "--param", "K", "--range", "12..14.5"},
      {"distribution", "--qq", "--param", "K", "--param", "flux"},
      {"distribution", "--discrepancy", "asic-good"},
      {"heatmap", "--group", "rows", "--param", "chi2/ndf", "--param", "status"},
      {"quality", "--group", "even", "--palette", "cividis"},
      {"collection", "--qq", "--discrepancy", "asic", "--param", "E0", "--param", "s"},
      {"collection", "--group", "odd"},
      {"residuals", "--group", "even"},
      {"collection", "--group", "rows", "--qq"}};
  for (std::vector<std::string> choice : choices) {
    CAPTURE(choice);
    choice.insert(choice.begin() + 1, "two.yaml");
    choice.insert(choice.end(), {"--output", "out", "--format", "svg", "-q", "--force"});
    const Outcome outcome = scans.plot(choice);
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
  }
  for (const char* folder : {"out", "out/warm", "out/cold"})
    check_pictures(scans.folder() / folder, PictureFormat::svg);
  CHECK(fs::exists(scans.folder() / "out/collection-even-odd.svg"));
  CHECK(fs::exists(scans.folder() / "out/collection-E0-s-discrepancy-asic-qq.svg"));

  // gnuplot alone makes the same picture of the script
  const fs::path folder = scans.folder() / "out/warm";
  const std::string picture = read_text(folder / "flux-area-100-100-40.svg");
  CHECK_THAT(picture, Contains("it's mine"));
  REQUIRE(std::system(("cd '" + folder.string() + "' && gnuplot flux-area-100-100-40.gp 2>/dev/null").c_str()) == 0);
  CHECK(read_text(folder / "flux-area-100-100-40.svg") == picture);
}

TEST_CASE("a summary takes several datasets and writes the numbers drawn") {
  if (!gnuplot_is_there()) return;
  const TwoScans scans;
  for (const char* stage : {"flux", "fit", "matrices"}) scans.make(stage, {"variant.yaml"});
  const Outcome outcome = scans.plot({"summary", "two.yaml", "variant.yaml", "--json"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  const fs::path folder = scans.results() / "plots";
  CHECK(names_in(folder) == std::set<std::string>{"summary-energy.csv", "summary-energy.png", "summary-gain.csv",
                                                  "summary-gain.png", "summary-pixels.csv", "summary-pixels.png"});
  check_pictures(folder, PictureFormat::png);
  const auto json = nlohmann::json::parse(outcome.out)["scans"][0];
  CHECK(json["labels"] == nlohmann::json::array({"warm", "cold"}));
  CHECK(json["pictures"].size() == 3);

  std::istringstream table(read_text(folder / "summary-gain.csv"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(table, line);) lines.push_back(line);
  REQUIRE(lines.size() == 5);
  CHECK(lines[1].starts_with("two,warm,"));
  CHECK(lines[2].starts_with("variant,warm,"));
  const Calibration variant = read_matrices(scans.results() / "variant/warm/matrices.h5", warm_of("variant")).value;
  std::istringstream fields(lines[2].substr(std::string("variant,warm,").size()));
  double pixels = 0.0, mean = 0.0;
  char comma = 0;
  fields >> pixels >> comma >> mean;
  CHECK(pixels == static_cast<double>(variant.gain_means.pixels));
  CHECK(mean == variant.gain_means.mean);

  // fits with two models in one picture a label
  REQUIRE(scans.plot({"residuals", "two.yaml", "variant.yaml", "-q"}).status == 0);
  CHECK(fs::exists(folder / "residuals-warm.png"));
  CHECK(fs::exists(folder / "residuals-cold.png"));

  // another model has other parameters
  CHECK(scans.plot({"heatmap", "variant.yaml", "--param", "B", "-q"}).status == 0);
  CHECK(scans.plot({"distribution", "variant.yaml", "--param", "B", "-q"}).status == 0);
  expect_error(scans.plot({"heatmap", "variant.yaml", "--param", "f"}), 2, "model FAB_0, has no parameter \"f\"");
  CHECK(scans.plot({"summary", "two.yaml", "--param", "gain", "-q"}).status == 0);  // one dataset has its own place
  CHECK(names_in(scans.results() / "two/plots").size() == 2);
}

TEST_CASE("without matrices, all is what flux and fit allow") {
  if (!gnuplot_is_there()) return;
  const TwoScans scans({"simulate", "flux"});
  CHECK(scans.plot({"all", "two.yaml", "-q"}).status == 0);
  CHECK(names_in(scans.results() / "two/warm/plots") == std::set<std::string>{"heatmap-flux.png"});
  scans.make("fit", {"two.yaml"});
  CHECK(scans.plot({"all", "two.yaml", "-q", "-f", "--scan", "warm"}).status == 0);
  CHECK(names_in(scans.results() / "two/warm/plots").size() == 7 + 6 + 3);
}

}  // namespace velocal::test
