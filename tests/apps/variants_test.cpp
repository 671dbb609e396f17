// SPDX-License-Identifier: GPL-3.0-or-later
// Every variant of N037 that we ship runs from flux to matrices, with the real programs.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "program_runner.hpp"
#include "support/files.hpp"
#include "support/source_tree.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/velocal.hpp"

namespace velocal::test {
namespace {

const std::filesystem::path shipped = test::source_tree() / "datasets";

/// One acquisition stands for 25 of the shipped datasets.
constexpr int acquisitions_in_one = 25;

/// Over both lines of Fe-55: it needs another truth.
const std::string recommended = "N037-diffusion";

std::vector<std::string> variant_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(shipped)) {
    const std::string name = entry.path().stem();
    if (entry.path().extension() == ".yaml" && name.starts_with("N037") && name != recommended) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

/// A descriptor that takes all from the shipped one, but fewer files of more light: 1048 s a threshold where the
/// dataset has 100 acquisitions, at every third threshold. `simulation` of each scan is added where it is given.
void write_descriptor(const std::filesystem::path& file, const std::string& name,
                      const std::map<std::string, std::string>& simulation = {}) {
  const Dataset dataset = read_dataset(shipped / (name + ".yaml"));
  std::string text =
      fmt::format("velocal: 1\nextends: {}/{}.yaml\ndata: data\nresults: results\nscans:\n", shipped.string(), name);
  for (const ScanSettings& scan : dataset.scans) {
    const auto [first, count] = scan.acquisitions;
    REQUIRE(first % acquisitions_in_one == 0);
    REQUIRE(count % acquisitions_in_one == 0);
    text += fmt::format(
        "  - label: {}\n    shutter: 262s100ms\n    acquisitions: {{first: {}, count: {}}}\n    thresholds: {{step: "
        "3}}\n",
        scan.label, first / acquisitions_in_one, count / acquisitions_in_one);
    if (!simulation.empty()) text += fmt::format("    simulation: {}\n", simulation.at(scan.label));
  }
  write_text(file, text);
}

/// Runs the program and takes its summary of the scans.
nlohmann::json run_stage(const std::filesystem::path& folder, const std::string& stage, const std::string& name,
                         const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{name + ".yaml", "--json", "--no-progress"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = run("velocal-" + stage, arguments, {.folder = folder});
  CAPTURE(stage, name, outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(outcome.err.empty());  // above all no warning of thresholds without a good acquisition
  auto scans = nlohmann::json::parse(outcome.out).at("scans");
  REQUIRE(scans.size() == 2);
  return scans;
}

/// What has to become of the live pixels: a share of this reason at least.
struct Expected {
  std::string reason;
  double share;
  bool true_gain = false;  ///< the mean K is that of the truth
};

/// From the shipped start values, on a truth that is F1_0. Most models suit: 84 to 89 % of the pixels are good, and
/// most others have a zero between two counts, which neyman cannot fit. What does not suit:
Expected expected_of(const std::string& model) {
  // The Gaussian of timepix would have to be negative to make a shelf; 0.2 % (warm) and 4 % (cold) are good.
  if (model == "timepix") return {"parameter outside domain", 0.6};
  // The weak shelf hardly determines a width of its own, which runs away from 12 (17); 15 to 27 % are good.
  if (model == "F2s_0" || model == "F2sAB") return {"good", 0.05};
  return {"good", 0.75, true};
}

double share_of(const nlohmann::json& fit, const std::string& reason) {
  const auto& pixels = fit.at("pixels");
  const auto& count = reason == "good" ? pixels.at("good") : fit.at("reasons").at(reason);
  return count.get<double>() / pixels.at("live").get<double>();
}

/// The mean of 1598.9/target over targets of 124 +- 6 (warm) and 115 +- 6 DAC (cold), to second order in the spread.
double drawn_gain(const std::string& label) {
  const double target = label == "warm" ? 124.0 : 115.0;
  return 1598.9 / target * (1.0 + 36.0 / (target * target));
}

}  // namespace

TEST_CASE("every variant of N037 runs from flux to matrices on simulated data", "[thorough]") {
  const TemporaryFolder folder;
  // the lines lie where the shipped start values look for them: 1549 and 1535
  write_descriptor(
      folder.path() / "simulation.yaml", "N037",
      {{"warm", "{masked_pixels: 61440}"},
       {"cold", "{masked_pixels: 61440, target: {mean: 115, spread: 6}, baseline: {mean: 1420, spread: 4}}"}});
  run_stage(folder.path(), "simulate", "simulation");
  const std::vector<std::string> names = variant_names();
  CHECK(names.size() >= 14);
  for (const std::string& name : names) {
    write_descriptor(folder.path() / (name + ".yaml"), name);
    run_stage(folder.path(), "flux", name);
    const auto fits = run_stage(folder.path(), "fit", name, {"--engine", "fast"});
    const auto matrices = run_stage(folder.path(), "matrices", name);
    for (std::size_t scan = 0; scan < fits.size(); ++scan) {
      const auto& fit = fits.at(scan);
      const std::string label = fit.at("label");
      const auto [reason, share, true_gain] = expected_of(fit.at("model"));
      CAPTURE(name, label, reason, fit.at("pixels").dump(), fit.at("reasons").dump());
      CHECK(share_of(fit, reason) > share);
      if (!true_gain) continue;
      // 0.5 %: models that are not the truth, and the bias of neyman; the 3,500 pixels determine it to 0.1 %
      CHECK(matrices.at(scan).at("K").at("mean").get<double>() == Approx(drawn_gain(label)).epsilon(0.005));
    }
  }
  const std::string collection = read_text(folder.path() / "results/results_collection.csv");
  CHECK(static_cast<std::size_t>(std::ranges::count(collection, '\n')) == 1 + 2 * names.size());
}

TEST_CASE("the recommended analysis of N037 finds the gain of a scan from first principles", "[thorough]") {
  const TemporaryFolder folder;
  write_descriptor(folder.path() / "simulation.yaml", recommended,
                   {{"warm", "{masked_pixels: 63488, physics: {rate: 0.4}}"},
                    {"cold", "{masked_pixels: 63488, physics: {rate: 0.4}, target: {mean: 115, spread: 6}}"}});
  run_stage(folder.path(), "simulate", "simulation");
  write_descriptor(folder.path() / (recommended + ".yaml"), recommended);
  run_stage(folder.path(), "flux", recommended);
  const auto fits = run_stage(folder.path(), "fit", recommended);
  const auto matrices = run_stage(folder.path(), "matrices", recommended);
  for (std::size_t scan = 0; scan < fits.size(); ++scan) {
    CAPTURE(fits.at(scan).dump());
    CHECK(share_of(fits.at(scan), "good") > 0.92);
    const auto& sigma = fits.at(scan).at("shared").at("sigma");
    // Drawn with 4.5 um: four errors.
    CHECK(std::abs(sigma.at("value").get<double>() - 4.5) < 4.0 * sigma.at("error").get<double>());
    const std::string label = fits.at(scan).at("label");
    // 2,000 pixels with a spread of 5 % know it to 0.1 %.
    CHECK(matrices.at(scan).at("K").at("mean").get<double>() ==
          Approx(drawn_gain(label) / 1598.9 * 5895.0 / 3.68).epsilon(0.005));
  }
}

}  // namespace velocal::test
