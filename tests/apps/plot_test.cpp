// SPDX-License-Identifier: GPL-3.0-or-later
// velocal-plot on two simulated scans.
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <stdexcept>

#include "program_runner.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/plot/gnuplot/render.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"

namespace velocal::test {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

constexpr auto descriptor_text = R"(velocal: 1
name: two
asic: Module0_VP3-1
data: data
results: results
fit: {statistic: poisson, covariance: absolute, start: auto}
scans:
  - label: warm
    folder: warm
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {from: 1520, to: 1580, step: 2}
    reject: {last_column_mean: 18.34765625}
    baseline: {folder: equalisation_warm}
    simulation: {spot: {floor: 1}, masked_pixels: 63500}
  - label: cold
    folder: cold
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {from: 1520, to: 1580, step: 2}
    reject: {last_column_mean: 18.34765625}
    baseline: {folder: equalisation_cold}
    simulation: {spot: {floor: 1}, masked_pixels: 63500, target: {mean: 128, spread: 5}}
)";

bool gnuplot_is_there() {
  if (std::system("command -v gnuplot >/dev/null") == 0) return true;
  WARN("SKIPPED: there is no gnuplot");
  return false;
}

/// A folder with two.yaml and variant.yaml, which extends it.
class TwoScans {
 public:
  /// Results of both up to the last stage.
  explicit TwoScans(const std::vector<std::string>& stages = {"simulate", "flux", "fit", "matrices"}) {
    write_text(folder() / "two.yaml", descriptor_text);
    write_text(folder() / "variant.yaml", "velocal: 1\nextends: two.yaml\nname: variant\nfit: {model: FAB_0}\n");
    for (const std::string& stage : stages) make(stage, {"two.yaml"});
  }

  const fs::path& folder() const { return folder_.path(); }
  fs::path results() const { return folder() / "results"; }

  void make(const std::string& stage, std::vector<std::string> arguments) const {
    arguments.push_back("-q");
    const Outcome outcome = test::run("velocal-" + stage, arguments, {.folder = folder()});
    if (outcome.status != 0) throw std::runtime_error("velocal-" + stage + ": " + outcome.err);
  }
  Outcome plot(const std::vector<std::string>& arguments, Surroundings surroundings = {}) const {
    surroundings.folder = folder();
    return test::run("velocal-plot", arguments, surroundings);
  }

 private:
  TemporaryFolder folder_;
};

Provenance warm_of(const std::string& dataset) {
  Provenance provenance;
  provenance.dataset = dataset;
  provenance.scan = "warm";
  return provenance;
}

/// Names of the files in a folder.
std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

void check_pictures(const fs::path& folder, PictureFormat format) {
  for (const std::string& name : names_in(folder)) {
    if (!name.ends_with("." + std::string(format_name(format)))) continue;
    CAPTURE(name);
    const std::string contents = read_text(folder / name);
    CHECK(is_complete_picture(contents, format));
    CHECK(contents.size() > 4000);
  }
}

void expect_error(const Outcome& outcome, int status, const std::string& message) {
  CAPTURE(message);
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Contains(message));
}

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
  for (const char* format : {"png", "pdf", "svg"}) {
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
    for (const char* name : {"collection", "summary-gain", "summary-pixels", "summary-energy"}) {
      CHECK(fs::exists(scans.results() / "two/plots" / (std::string(name) + "." + format)));
    }
    check_pictures(scans.results() / "two/plots", parse_format(format));
    fs::remove_all(scans.results() / "two/plots");  // the tables are there once for all formats
  }
  // nothing else: no temporary files
  CHECK(names_in(scans.results() / "two/warm/plots").size() == 3 * scan_pictures.size());
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

TEST_CASE("every other choice of flux, distribution and collection renders") {
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
      {"flux", "--pixel", pixel, "--asic", "--asic-good", "--residuals", "--pulls", "--scan", "warm"},
      {"flux", "--area", "100,100,40", "--script", "--title", "it's mine"},
      {"flux", "--group", "odd", "--asic"},
      {"distribution", "--discrepancy", "asic-good"},
      {"heatmap", "--group", "rows", "--param", "chi2/ndf", "--param", "status"},
      {"quality", "--group", "even", "--palette", "cividis"},
      {"collection", "--qq", "--discrepancy", "asic", "--param", "E0", "--param", "s"},
      {"collection", "--group", "odd"},
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

  // another model has other parameters
  CHECK(scans.plot({"heatmap", "variant.yaml", "--param", "B", "-q"}).status == 0);
  CHECK(scans.plot({"distribution", "variant.yaml", "--param", "B", "-q"}).status == 0);
  expect_error(scans.plot({"heatmap", "variant.yaml", "--param", "f"}), 2, "model FAB_0, has no parameter \"f\"");
  CHECK(scans.plot({"summary", "two.yaml", "--param", "gain", "-q"}).status == 0);  // one dataset has its own place
  CHECK(names_in(scans.results() / "two/plots").size() == 2);
}

TEST_CASE("what is not there is told with what there is, before anything is drawn") {
  const TwoScans scans({"simulate", "flux", "fit"});
  const auto plot = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, "two.yaml");
    return scans.plot(arguments);
  };
  expect_error(plot({"heatmap", "--param", "s2"}), 2,
               "two/warm, model F1_0, has no parameter \"s2\" (there are f, A, s, E0, chi2_ndf, flux)");
  expect_error(plot({"heatmap", "--param", "chi2_nfd"}), 2, "Did you mean \"chi2_ndf\"?");
  expect_error(plot({"distribution", "--param", "status"}), 2, "the status has no distribution");
  expect_error(plot({"heatmap", "--param", "K"}), 4,
               "no matrices for two/warm (results/two/warm/matrices.h5). Run velocal-matrices two.yaml first");
  expect_error(plot({"quality"}), 4, "no matrices for two/warm");
  expect_error(plot({"collection", "--group", "even"}), 4, "Run velocal-matrices two.yaml --group even first");
  expect_error(plot({"flux", "--pixel", "256,0"}), 2, "--pixel: must be ROW,COLUMN, both from 0 to 255, got \"256,0\"");
  for (const char* text : {"-1,5", "5", "1,2,3", "a,b", "", "1.5,2"}) {
    CHECK(plot({"flux", std::string("--pixel=") + text}).status == 2);
  }
  for (const char* text : {"5,5,0", "5,5", "5,5,-1", "300,5,3", "5,5,nan"}) {
    CHECK(plot({"flux", std::string("--area=") + text}).status == 2);
  }
  const FluxCube cube = read_flux(scans.results() / "two/warm/flux.h5", warm_of("two")).value;
  REQUIRE(cube.mask(0, 0) == 1);
  expect_error(plot({"flux", "--pixel", "0,0"}), 4,
               "two/warm has no flux of pixel 0,0 (it is masked). The nearest live pixel is ");
  expect_error(plot({"flux", "--pixel", "1,1", "--pixel", "0,0"}), 4, "is masked");
  expect_error(plot({"heatmep"}), 2,
               "unknown kind of picture \"heatmep\" (there are heatmap, distribution, flux, "
               "quality, collection, summary, all). Did you mean \"heatmap\"?");
  expect_error(plot({"summary", "--param", "gian"}), 2,
               "there is no summary of \"gian\" (there are gain, pixels, energy)");
  expect_error(plot({"heatmap", "--qq"}), 2, "--qq does not go with heatmap. It goes with collection");
  expect_error(plot({"heatmap", "--palette", "jet"}), 2, "there are viridis, cividis");
  expect_error(plot({"flux", "--format", "gif"}), 2, "there are png, pdf, svg");
  expect_error(plot({"distribution", "--discrepancy", "good"}), 2, "there are asic, asic-good");
  expect_error(scans.plot({}), 2, "no KIND given");
  expect_error(scans.plot({"heatmap"}), 2, "no dataset descriptor given");
  expect_error(scans.plot({"heatmap", "two.yaml", "variant.yaml"}), 2, "2 descriptors given");
  expect_error(scans.plot({"heatmap", "variant.yaml"}), 4, "Run velocal-fit variant.yaml first");
  CHECK_FALSE(fs::exists(scans.results() / "two/warm/plots"));
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

TEST_CASE("pictures that exist are kept without --force, and a dry run names them only") {
  if (!gnuplot_is_there()) return;
  const TwoScans scans;
  const std::vector<std::string> wanted{"quality", "two.yaml", "--scan", "warm"};
  const auto with = [&](const char* more) {
    std::vector<std::string> arguments = wanted;
    arguments.emplace_back(more);
    return scans.plot(arguments);
  };
  const fs::path picture = scans.results() / "two/warm/plots/quality.png";
  CHECK_THAT(with("--dry-run").out, Contains("reads          results/two/warm/flux.h5") &&
                                        Contains("results/two/warm/matrices.h5") &&
                                        Contains("writes         results/two/warm/plots/quality.png"));
  CHECK_FALSE(fs::exists(picture));
  CHECK(with("-q").status == 0);
  const std::string before = read_text(picture);
  expect_error(with("-q"), 5, "results/two/warm/plots/quality.png exists. Use --force to overwrite");
  CHECK(read_text(picture) == before);
  CHECK(with("--force").status == 0);
  CHECK(read_text(picture) == before);  // the same results make the same bytes
}

TEST_CASE("a fit that is older than its flux is not drawn over it") {
  const TwoScans scans;
  scans.make("simulate", {"two.yaml", "--seed", "2", "--force"});
  scans.make("flux", {"two.yaml", "--force"});
  expect_error(scans.plot({"flux", "two.yaml", "--asic"}), 4,
               "fit.h5 was not made of this results/two/warm/flux.h5 (that was made anew since). Run velocal-fit "
               "two.yaml --force first");
}

TEST_CASE("without gnuplot the package is named, and nothing is written") {
  const TwoScans scans;
  const Outcome outcome = scans.plot({"quality", "two.yaml"}, {.environment = {{"PATH", "/nowhere"}}});
  expect_error(outcome, 5, "cannot run gnuplot (No such file or directory). Install Debian's gnuplot-nox");
  CHECK_FALSE(fs::exists(scans.results() / "two/warm/plots"));
}

TEST_CASE("the help begins with examples and lists the kinds") {
  const Outcome outcome = run("velocal-plot", {"--help"});
  CHECK(outcome.status == 0);
  const auto examples = outcome.out.find("Examples:"), kinds = outcome.out.find("KIND:"),
             options = outcome.out.find("Options:");
  CHECK(examples < kinds);
  CHECK(kinds < options);
  CHECK(options != std::string::npos);
  CHECK_THAT(outcome.out, Contains("Usage: velocal-plot KIND DATASET.yaml [options]"));
}

}  // namespace velocal::test
