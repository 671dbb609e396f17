// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/measured_baseline.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/files.hpp"
#include "support/noise_files.hpp"
#include "support/scan_files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

namespace {

const NoiseFileName trim0_file{"M_V", "Trim0", wide_sweep}, trimF_file{"M_V", "TrimF", wide_sweep},
    control_file{"M_V", "Control", wide_sweep};

/// A dataset with the noise scans of a drawn chip.
struct Equalised {
  TemporaryFolder folder;
  DrawnEqualisation drawn = drawn_equalisation();
  Dataset dataset;

  Equalised() {
    dataset.asic = "M_V";
    dataset.data_root = folder.path();
    dataset.file = "some.yaml";
    dataset.noise = NoiseSettings{.folder = "noise"};
    write_noise_scan(scans(), trim0_file, drawn.trim0, 1);
    write_noise_scan(scans(), trimF_file, drawn.trimF, 2);
  }
  std::filesystem::path scans() const { return folder.path() / "noise"; }
};

Moments of(const std::vector<double>& values) {
  return moments(finite_values(values));
}

}  // namespace

TEST_CASE("scans are found by their names, and trims, baselines and their errors agree with what was drawn") {
  Equalised chip;
  const MeasuredBaseline first = measure_baseline(chip.dataset);
  CHECK(first.trim0.file == trim0_file);
  CHECK(first.trimF.file == trimF_file);
  CHECK(first.trim0.noise.count(NoiseStatus::no_hits) == pixel_count / 8 * 7);
  CHECK(first.prediction.count(NoiseMask::no_noise) == pixel_count / 8 * 7);
  CHECK(first.prediction.count(NoiseMask::none) > pixel_count / 8 - 5);
  CHECK(first.prediction.target == Approx(1330.0).margin(0.3));

  // the control scan is taken at the trims that were found
  const NoiseTruth truth = chip.drawn.at_trim(first.prediction.trim);
  chip.dataset.noise->control = write_noise_scan(chip.scans(), control_file, truth, 3);
  const MeasuredBaseline baseline = measure_baseline(chip.dataset, 1);
  std::vector<double> deviation, pull, difference_pull;
  const PixelMatrix<double> difference = control_difference(baseline);
  for (std::size_t i = 0; i < pixel_count; ++i) {
    deviation.push_back(baseline.prediction.baseline[i] - truth.mean[i]);
    pull.push_back(deviation.back() / baseline.prediction.error[i]);
    difference_pull.push_back(difference[i] /
                              std::hypot(baseline.prediction.error[i], baseline.control->noise.error[i]));
  }
  CHECK(std::abs(of(deviation).mean) < 5.0 * of(deviation).mean_error);
  CHECK(of(pull).standard_deviation == Approx(1.0).margin(0.04));
  CHECK(of(difference_pull).standard_deviation == Approx(1.0).margin(0.04));
  const ControlComparison comparison = compare_with_control(baseline);
  CHECK(comparison.difference.count > pixel_count / 8 - 5);
  CHECK(std::abs(comparison.difference.mean) < 0.05);
  CHECK(first.inputs_sha256 != baseline.inputs_sha256);
  CHECK(measure_baseline(chip.dataset, 3).prediction.trim == baseline.prediction.trim);

  // what a scan takes
  const NoiseBaseline predicted = noise_baseline(baseline, BaselineKind::predicted);
  const NoiseBaseline measured = noise_baseline(baseline, BaselineKind::control);
  CHECK(predicted.mean[0] == baseline.prediction.baseline[0]);
  CHECK(predicted.width[0] == baseline.trim0.noise.width[0]);
  CHECK(measured.mean[0] == baseline.control->noise.mean[0]);
  CHECK(measured.width[0] == baseline.control->noise.width[0]);
  CHECK(predicted.mean[256] == 0.0);
  CHECK(predicted.width[256] == 0.0);
  CHECK(measured.mean[256] == 0.0);
  CHECK_THROWS_AS(noise_baseline(first, BaselineKind::control), InputError);

  // sixteen steps, where there are fifteen, are seen in the control scan of the trims that they lead to
  NoiseSettings established = *chip.dataset.noise;
  established.prediction = NoisePrediction::established;
  chip.dataset.noise = established;
  const TrimPrediction sixteenth = measure_baseline(chip.dataset).prediction;
  write_noise_scan(chip.scans(), control_file, chip.drawn.at_trim(sixteenth.trim), 4);
  const MeasuredBaseline old = measure_baseline(chip.dataset);
  CHECK(compare_with_control(old).difference.mean < -1.5);
  write_text(chip.scans() / "M_V_Matrix_Trim.csv", matrix_csv([&] {
               PixelMatrix<double> trims;
               for (std::size_t i = 0; i < pixel_count; ++i) trims[i] = sixteenth.trim[i];
               return trims;
             }()));
  established.prediction = NoisePrediction::linear;
  established.trims = "M_V_Matrix_Trim.csv";
  chip.dataset.noise = established;
  CHECK(std::abs(compare_with_control(measure_baseline(chip.dataset)).difference.mean) < 0.05);
  write_text(chip.scans() / "M_V_Matrix_Trim.csv", matrix_csv(PixelMatrix<double>(16.0)));
  CHECK_THROWS_WITH(measure_baseline(chip.dataset), Contains("a trim is an integer from 0 to 15"));
}

TEST_CASE("scans that are missing, ambiguous or of something else are refused, with the way out") {
  const TemporaryFolder folder;
  Dataset dataset;
  dataset.asic = "M_V";
  dataset.data_root = folder.path();
  dataset.file = "some.yaml";
  CHECK_THROWS_AS(noise_scan_files(dataset), DescriptorError);
  CHECK_THROWS_WITH(noise_scan_files(dataset), Contains("some.yaml has no section noise"));
  dataset.noise = NoiseSettings{.folder = "noise"};
  CHECK_THROWS_WITH(noise_scan_files(dataset), Contains("cannot read the folder of the noise scans"));
  const auto add = [&](const NoiseFileName& name) { write_text(folder.path() / "noise" / name.text(), ""); };
  const auto refused = [&](const std::string& message) {
    CHECK_THROWS_AS(noise_scan_files(dataset), InputError);
    CHECK_THROWS_WITH(noise_scan_files(dataset), Contains(message));
  };
  add(trim0_file);
  refused("has no noise scan of M_V and TrimF");
  add({"M_V", "TrimF", {1410, 2, 50}});
  refused(
      "M_V_ECS_Scan_TrimF_1410_2_50_1of1.dat has another step than M_V_ECS_Scan_Trim0_1410_3_50_1of1.dat (2 and 3 "
      "DAC)");
  add(trimF_file);
  refused("more than one noise scan of M_V and TrimF");
  dataset.noise->trimF = trimF_file.text();
  CHECK(noise_scan_files(dataset).trimF == trimF_file);
  CHECK_FALSE(noise_scan_files(dataset).control.has_value());
  dataset.noise->trimF = "W_V_ECS_Scan_TrimF_1410_3_50_1of1.dat";
  refused("is of the chip W_V, not M_V. Correct asic or noise.trimF in the descriptor");
  dataset.noise->trimF = trim0_file.text();
  refused("is of Trim0, not TrimF. Correct noise.trimF");
  dataset.noise->trimF = "noise.dat";
  refused("noise.dat is no name of a noise scan");
  dataset.noise->trimF = trimF_file.text();
  dataset.noise->control = control_file.text();
  CHECK(noise_scan_files(dataset).control == control_file);
  CHECK_THROWS_WITH(measure_baseline(dataset), Contains("has 0 bytes, not"));
}
