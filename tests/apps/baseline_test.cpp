// SPDX-License-Identifier: GPL-3.0-or-later
// velocal-baseline on drawn noise scans, and the scans that take its result.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "support/noise_files.hpp"
#include "support/scan_files.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/measured_baseline_file.hpp"
#include "velocal/store/truth_file.hpp"

namespace velocal::test {
namespace {

const std::string chip = "Module0_VP3-1";
const NoiseFileName trim0_file{chip, "Trim0", wide_sweep}, trimF_file{chip, "TrimF", wide_sweep},
    control_file{chip, "Control", wide_sweep};

/// The small scan with a section `noise`, and drawn noise scans at trim 0 and F.
struct NoisyScan : SmallScan {
  DrawnEqualisation drawn = drawn_equalisation();

  explicit NoisyScan(const std::string& noise = "{folder: noise}", int masked_pixels = 50) : SmallScan(masked_pixels) {
    edit_descriptor("source: {photon_energy_eV: 5900}", "noise: " + noise + "\nsource: {photon_energy_eV: 5900}");
    write_noise_scan(scans(), trim0_file, drawn.trim0, 1);
    write_noise_scan(scans(), trimF_file, drawn.trimF, 2);
  }
  std::filesystem::path scans() const { return folder() / "data/noise"; }
  std::filesystem::path result() const { return folder() / "results/small/baseline.h5"; }
};

void expect_nothing_written(const NoisyScan& scan, const std::string& message) {
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run("baseline");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 4);
  CHECK(outcome.out.empty());
  CHECK(contains(outcome.err, message));
  CHECK(scan.snapshot() == before);
}

}  // namespace

TEST_CASE("noise scans become a baseline, and a scan takes it") {
  const NoisyScan scan;
  const Outcome planned = scan.run("baseline", {"--dry-run"});
  CHECK(planned.status == 0);
  CHECK(contains(planned.out, trim0_file.text()));
  CHECK(contains(planned.out, "results/small/baseline/Module0_VP3-1_TrimBest_Noise_Predict.csv"));
  CHECK_FALSE(std::filesystem::exists(scan.folder() / "results"));

  const Outcome outcome = scan.run("baseline", {"--json"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(outcome.err.empty());
  const auto json = nlohmann::json::parse(outcome.out).at("scans").at(0);
  CHECK(json.at("trim0").at("status").at("no hits") == 57344);
  CHECK(json.at("masked").at("no noise") == 57344);
  CHECK(json.at("target").get<double>() == Approx(1330.0).margin(0.3));
  CHECK(json.at("written").at(0) == "results/small/baseline.h5");
  CHECK(json.at("written").size() == 8);
  for (const auto& file : json.at("written")) {
    CHECK(std::filesystem::exists(scan.folder() / file.get<std::string>()));
  }
  const Outcome again = scan.run("baseline");
  CHECK(again.status == 0);
  CHECK(contains(again.out, "up to date"));

  scan.edit_descriptor("noise: {folder: noise}", "noise: {folder: noise, estimator: censored}");
  const Outcome stale = scan.run("baseline");
  CHECK(stale.status == 5);
  CHECK(contains(stale.err, "noise.estimator: moments in the file, censored in the descriptor"));
  scan.edit_descriptor("noise: {folder: noise, estimator: censored}", "noise: {folder: noise}");

  // the scan's baseline is the result, then the folder of its CSV files
  const MeasuredBaseline baseline = read_measured_baseline(scan.result(), chip).value;

  scan.make({"simulate"});
  scan.edit_descriptor("baseline: {folder: equalisation}", "baseline: small/baseline.h5");
  const Outcome flux = scan.run("flux");
  CAPTURE(flux.err);
  REQUIRE(flux.status == 0);
  const FluxCube cube = read_flux(scan.results() / "flux.h5", small_warm).value;
  REQUIRE(cube.baseline);
  CHECK(cube.baseline->mean == noise_baseline(baseline, BaselineKind::predicted).mean);
  CHECK(cube.baseline->width == noise_baseline(baseline, BaselineKind::predicted).width);
  write_noise_scan(scan.scans(), trimF_file, scan.drawn.trimF, 3);
  const Outcome status = scan.run("status", {"--verify"});
  CHECK(
      contains(status.out, "was made of other files (Module0_VP3-1_ECS_Scan_TrimF_1410_3_50_1of1.dat: other contents"));
  CHECK(contains(status.out, "was made of a stale noise baseline"));
  scan.edit_descriptor("baseline: small/baseline.h5", "baseline: {folder: ../results/small/baseline}");
  REQUIRE(scan.run("flux", {"--force"}).status == 0);
  const FluxCube integers = read_flux(scan.results() / "flux.h5", small_warm).value;
  REQUIRE(integers.baseline);
  CHECK(integers.baseline->mean[0] == std::floor(cube.baseline->mean[0]) + 0.5);
  CHECK(integers.baseline->added == 0.5);
  CHECK(integers.inputs_sha256 != cube.inputs_sha256);

  scan.edit_descriptor("baseline: {folder: ../results/small/baseline}",
                       "baseline: {file: small/baseline.h5, kind: control}");
  const Outcome none = scan.run("flux", {"--force"});
  CHECK(none.status == 4);
  CHECK(contains(none.err, "the noise baseline has no control scan (baseline.kind is control)"));
  scan.edit_descriptor("small/baseline.h5", "other/baseline.h5");
  const Outcome missing = scan.run("flux", {"--force"});
  CHECK(missing.status == 4);
  CHECK(contains(missing.err, "there is no noise baseline results/other/baseline.h5"));
  CHECK(contains(missing.err, "velocal-baseline"));
}

TEST_CASE("a control scan is compared with the prediction, and taken where the descriptor says so") {
  const NoisyScan scan("{folder: noise, control: " + control_file.text() + "}");
  NoiseTruth shifted = scan.drawn.trim0;
  for (double& mean : shifted.mean) mean += 32.0;  // as at trim 8, some 2 DAC off for many pixels
  write_noise_scan(scan.scans(), control_file, shifted, 3);
  const Outcome outcome = scan.run("baseline");
  CAPTURE(outcome.err, outcome.out);
  REQUIRE(outcome.status == 0);
  CHECK(contains(outcome.err, "small: predicted less measured baseline is "));
  CHECK(contains(outcome.err, "(baseline.kind: control)"));
  CHECK(contains(outcome.out, "less control"));
  const MeasuredBaseline baseline = read_measured_baseline(scan.result(), chip).value;
  scan.make({"simulate"});
  scan.edit_descriptor("baseline: {folder: equalisation}", "baseline: {file: small/baseline.h5, kind: control}");
  scan.make({"flux"});
  const FluxCube cube = read_flux(scan.results() / "flux.h5", small_warm).value;
  CHECK(cube.baseline->mean == noise_baseline(baseline, BaselineKind::control).mean);
  CHECK(cube.baseline->mean[0] == baseline.control->noise.mean[0]);
}

TEST_CASE("files of a control scan that the descriptor no longer has go with it") {
  const NoisyScan scan("{folder: noise, control: " + control_file.text() + "}");
  write_noise_scan(scan.scans(), control_file, scan.drawn.trim0, 3);
  scan.make({"baseline"});
  const auto control = scan.folder() / "results/small/baseline/Module0_VP3-1_Control_Noise_Mean.csv";
  const std::string text = read_text(control);
  scan.edit_descriptor(", control: " + control_file.text(), "");
  CHECK(scan.run("baseline", {"--force"}).status == 0);
  CHECK_FALSE(std::filesystem::exists(control));
  CHECK_FALSE(contains(scan.run("status").out, "does not belong to it"));
  write_text(control, text);
  CHECK(contains(scan.run("status").out, "Module0_VP3-1_Control_Noise_Mean.csv does not belong to it"));
}

TEST_CASE("errors of targets above a measured baseline are what they are off by", "[thorough]") {
  // 8,536 pixels: the mean of the pulls is known to 0.011, their width to 0.008.
  NoisyScan scan("{folder: noise, trims: trims.csv}", 57000);
  scan.edit_descriptor("statistic: neyman, covariance: absolute, start: descriptor", "statistic: poisson");
  scan.edit_descriptor("{from: 1520, to: 1580, step: 2}", "{from: 1480, to: 1600, step: 2}");
  scan.make({"simulate"});
  const Truth truth = read_truth(scan.results() / "truth.h5", small_warm).value;
  std::mt19937_64 random(7);
  std::normal_distribution<double> steps(4.0, 0.3);
  DrawnEqualisation drawn;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    const double baseline = truth.line[i] - truth.target[i], step = steps(random);
    drawn.trim0.mean[i] = baseline - 8.0 * step;
    drawn.trimF.mean[i] = baseline + 7.0 * step;
    drawn.trim0.peak[i] = drawn.trimF.peak[i] = truth.mask[i] != 0 ? 0.0 : 40.0;
  }
  const NoiseSweep sweep{1500, 3, 50};
  std::filesystem::remove_all(scan.scans());
  write_noise_scan(scan.scans(), {chip, "Trim0", sweep}, drawn.trim0, 8);
  write_noise_scan(scan.scans(), {chip, "TrimF", sweep}, drawn.trimF, 9);
  write_text(scan.scans() / "trims.csv", matrix_csv(PixelMatrix<double>(8.0), "%.0f"));
  scan.edit_descriptor("baseline: {folder: equalisation}", "baseline: small/baseline.h5");
  scan.make({"baseline", "flux", "fit", "matrices"});
  const Calibration calibration = read_matrices(scan.results() / "matrices.h5", small_warm).value;
  std::vector<double> pulls;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    const double target = calibration.target.value[i];
    if (!std::isnan(target)) pulls.push_back((target - truth.target[i]) / calibration.target.error[i]);
  }
  const Moments found = moments(pulls);
  CAPTURE(found.mean, found.standard_deviation, found.count);
  CHECK(found.count > 7500);
  CHECK(std::abs(found.mean) < 0.05);
  CHECK(found.standard_deviation == Approx(1.0).margin(0.05));
}

TEST_CASE("noise scans that are missing, damaged or of something else leave nothing behind") {
  const NoisyScan scan;
  const std::string whole = read_text(scan.scans() / trimF_file.text());
  write_text(scan.scans() / trimF_file.text(), whole.substr(0, whole.size() / 2));
  expect_nothing_written(scan, "has 1228800 bytes, not 2457600");
  std::filesystem::remove(scan.scans() / trimF_file.text());
  expect_nothing_written(scan, "has no noise scan of Module0_VP3-1 and TrimF");
  write_noise_scan(scan.scans(), {chip, "TrimF", wide_sweep}, scan.drawn.trim0, 5);
  write_text(scan.scans() / trim0_file.text(), whole);
  expect_nothing_written(scan, "the noise at trim 0 does not lie below that at trim F");
  scan.edit_descriptor("{folder: noise}", "{folder: noise, control: " + control_file.text() + "}");
  expect_nothing_written(scan, control_file.text() + " (No such file or directory)");
  scan.edit_descriptor("control: Module0", "control: Module9");
  expect_nothing_written(scan, "is of the chip Module9_VP3-1, not Module0_VP3-1");
  scan.edit_descriptor("noise: {folder: noise, control: Module9_VP3-1_ECS_Scan_Control_1410_3_50_1of1.dat}\n", "");
  const Outcome none = scan.run("baseline");
  CHECK(none.status == 3);
  CHECK(contains(none.err, "small.yaml has no section noise"));
}

}  // namespace velocal::test
