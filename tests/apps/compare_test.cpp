// SPDX-License-Identifier: GPL-3.0-or-later
// velocal-matrices --compare on results with gains that are known.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "program_runner.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/model/photon_source.hpp"
#include "velocal/velocal.hpp"

namespace velocal::test {
namespace {

constexpr auto compared_text = R"(velocal: 1
name: one
asic: Module0_VP3-1
data: data
results: results
fit: {start: auto}
scans:
  - {label: warm, folder: scan, shutter: 1s, acquisitions: 1, thresholds: {from: 1500, to: 1600}}
)";

struct Gains {
  std::size_t pixels = 0;
  Uncertain mean;
  Uncertain asic;
  Uncertain asic_good;
};

/// Datasets `one`, `two` and `three` in their descriptors; the last two extend the first. None has results.
class ThreeDatasets {
 public:
  ThreeDatasets() {
    write_text(folder() / "one.yaml", compared_text);
    for (const char* name : {"two", "three"}) {
      write_text(folder() / (std::string(name) + ".yaml"),
                 fmt::format("velocal: 1\nextends: one.yaml\nname: {}\n", name));
    }
  }

  const std::filesystem::path& folder() const { return folder_.path(); }

  /// Results with these gains.
  void store(const std::string& dataset, const Gains& gains, PixelGroup group = PixelGroup::all) const {
    Calibration calibration;
    calibration.source = photon_source({});
    calibration.gain_means = {.pixels = gains.pixels, .mean = gains.mean.value, .mean_error = gains.mean.error};
    calibration.asic.gain = gains.asic;
    calibration.asic_good.gain = gains.asic_good;
    for (AsicCalibration* asic : {&calibration.asic, &calibration.asic_good}) {
      asic->fit.curve = {{1500.0}, {1.0}, {0.1}};
      asic->fit.fit.names = {"E0"};
    }
    ScanFit fit;
    fit.group = group;
    Provenance provenance;
    provenance.dataset = dataset;
    provenance.scan = "warm";
    const Dataset described = read_dataset(folder() / (dataset + ".yaml"));
    const ScanSettings& scan = described.scan("warm");
    provenance.settings = flux_inputs(described, scan) + fit_inputs(described, scan, "fast") + matrices_inputs(scan);
    const std::string place = group == PixelGroup::all ? "" : std::string(group_name(group)) + "/";
    write_matrices(folder() / "results" / dataset / "warm" / (place + "matrices.h5"), calibration, fit, provenance);
  }
  void store_all() const {
    store("one", {400, {15.0, 0.25}, {14.0, 0.75}, {14.5, 0.5}});
    store("two", {401, {15.5, 0.5}, {13.25, 0.75}, {}});
    store("three", {2, {13.8, 0.5}, {15.0, 0.75}, {14.75, 0.5}});
  }

  Outcome matrices(const std::vector<std::string>& arguments) const {
    return run("velocal-matrices", arguments, {.folder = folder()});
  }

 private:
  TemporaryFolder folder_;
};

void expect_compare_error(const Outcome& outcome, int status, const std::string& message) {
  CAPTURE(message);
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.starts_with("velocal-matrices: error: " + message));
}

}  // namespace

TEST_CASE("option --compare: the table of gains, differences, systematics and distances") {
  const ThreeDatasets datasets;
  datasets.store_all();
  const Outcome outcome = datasets.matrices({"--compare", "one.yaml", "two.yaml", "three.yaml"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  // By hand: 0.5 and -1.2 make 1.3, -0.75 and 1 make 1.25. The design is 15.4472 +- 0.5098, so that
  // -0.4472/|(0.25, 1.3, 0.5098)| = -0.315, -1.4472/|(0.75, 1.25, 0.5098)| = -0.939, -0.9472/|(0.5, 0.25, 0.5098)| =
  // -1.252.
  CHECK(outcome.out ==
        R"(one/warm: K of 3 datasets [e-/DAC], the first being the reference; design 15.45 +- 0.51
                  pixels  K mean                    dK  K ASIC                    dK  K ASICgood                dK
  one                400  15.0000 +- 0.2500             14.0000 +- 0.7500             14.5000 +- 0.5000
  two                401  15.5000 +- 0.5000    +0.5000  13.2500 +- 0.7500    -0.7500  undefined          undefined
  three                2  13.8000 +- 0.5000    -1.2000  15.0000 +- 0.7500    +1.0000  14.7500 +- 0.5000    +0.2500
  sqrt(sum dK^2)          1.3000                        1.2500                        0.2500 (1 of 2)
  mean |dK|               0.8500                        0.8750                        0.2500 (1 of 2)
  off the design          -0.32 sigma                   -0.94 sigma                   -1.25 sigma
)");
  CHECK_FALSE(std::filesystem::exists(datasets.folder() / "results/results_collection.csv"));

  const Outcome turned = datasets.matrices({"three.yaml", "one.yaml", "--compare"});
  CHECK(turned.status == 0);
  CHECK(turned.out.starts_with("three/warm: K of 2 datasets"));
  CHECK(turned.out.find("+1.2000") != std::string::npos);
}

TEST_CASE("option --compare --json has the same numbers, undefined ones as null") {
  const ThreeDatasets datasets;
  datasets.store_all();
  const Outcome outcome = datasets.matrices({"--compare", "one.yaml", "two.yaml", "three.yaml", "--json"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  const auto json = nlohmann::json::parse(outcome.out);
  CHECK(json.at("dataset") == "one");
  const auto& scan = json.at("scans").at(0);
  CHECK(scan.at("label") == "warm");
  CHECK(scan.at("reference") == "one");
  CHECK(scan.at("design").at("value") == Approx(15.4471544715).epsilon(1e-10));
  REQUIRE(scan.at("variants").size() == 3);
  const auto& two = scan.at("variants").at(1);
  CHECK(two.at("dataset") == "two");
  CHECK(two.at("pixels") == 401);
  CHECK(two.at("K_mean") == nlohmann::json{{"value", 15.5}, {"error", 0.5}, {"difference", 0.5}});
  CHECK(two.at("K_ASIC").at("difference") == -0.75);
  CHECK(two.at("K_ASICgood").at("difference").is_null());
  const auto& systematics = scan.at("systematics");
  CHECK(systematics.at("K_ASIC").at("quadrature") == 1.25);
  CHECK(systematics.at("K_ASIC").at("mean_absolute") == 0.875);
  CHECK(systematics.at("K_ASIC").at("variants") == 2);
  CHECK(systematics.at("K_ASICgood").at("variants") == 1);
  CHECK(systematics.at("K_mean").at("distance_to_design") == Approx(-0.3152).margin(5e-5));
}

TEST_CASE("option --compare --group compares the group's results") {
  const ThreeDatasets datasets;
  datasets.store_all();
  datasets.store("one", {4, {16.0, 0.1}, {16.0, 0.1}, {16.0, 0.1}}, PixelGroup::odd);
  const std::vector<std::string> arguments{"--compare", "one.yaml", "three.yaml", "--group", "odd"};
  expect_compare_error(
      datasets.matrices(arguments), 4,
      "no matrices for three/warm, group odd (results/three/warm/odd/matrices.h5). Run velocal-matrices three.yaml "
      "--group odd first\n");
  datasets.store("three", {4, {18.0, 0.1}, {16.0, 0.1}, {16.0, 0.1}}, PixelGroup::odd);
  const Outcome outcome = datasets.matrices(arguments);
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.starts_with("one/warm/odd: K of 2 datasets"));
  CHECK(outcome.out.find("+2.0000") != std::string::npos);
}

TEST_CASE("option --compare: results that are missing or those of another dataset") {
  const ThreeDatasets datasets;
  datasets.store("one", {});
  expect_compare_error(
      datasets.matrices({"--compare", "one.yaml", "two.yaml"}), 4,
      "no matrices for two/warm (results/two/warm/matrices.h5). Run velocal-matrices two.yaml first\n");
  datasets.store("two", {});
  std::filesystem::copy(datasets.folder() / "results/two", datasets.folder() / "results/three",
                        std::filesystem::copy_options::recursive);
  expect_compare_error(datasets.matrices({"--compare", "one.yaml", "three.yaml"}), 4,
                       "results/three/warm/matrices.h5 belongs to dataset two, not three");
  const Outcome planned = datasets.matrices({"--compare", "one.yaml", "two.yaml", "--results", "elsewhere", "-n"});
  CHECK(planned.status == 4);
  CHECK(planned.out.find("elsewhere/one/warm/matrices.h5 (missing)") != std::string::npos);
  CHECK(planned.out.find("elsewhere/two/warm/matrices.h5 (missing)") != std::string::npos);
}

TEST_CASE("option --compare: wrong usage") {
  const ThreeDatasets datasets;
  datasets.store_all();
  expect_compare_error(datasets.matrices({"--compare", "one.yaml"}), 2,
                       "two descriptors or more are needed (there is only one.yaml)\n");
  expect_compare_error(datasets.matrices({"--compare"}), 2, "no dataset descriptor given");
  expect_compare_error(datasets.matrices({"one.yaml", "two.yaml"}), 2, "2 descriptors given (one.yaml, two.yaml)");
  CHECK(run("velocal-fit", {"--compare", "one.yaml", "two.yaml"}).status == 2);

  write_text(datasets.folder() / "copy.yaml", compared_text);
  expect_compare_error(
      datasets.matrices({"--compare", "one.yaml", "two.yaml", "copy.yaml"}), 2,
      "one.yaml and copy.yaml have the same results (results/one/warm/matrices.h5). Give each descriptor a "
      "name of its own\n");
  write_text(datasets.folder() / "cold.yaml",
             "velocal: 1\nextends: one.yaml\nname: cold\nscans: [{label: cold, folder: "
             "c, shutter: 1s, acquisitions: 1, thresholds: {from: 1, to: 2}}]\n");
  expect_compare_error(datasets.matrices({"--compare", "cold.yaml", "one.yaml"}), 2,
                       "one has no scan \"cold\" (it has warm)");
  CHECK(datasets.matrices({"--compare", "cold.yaml", "one.yaml", "--scan", "warm", "-n"}).status == 4);
}

}  // namespace velocal::test
