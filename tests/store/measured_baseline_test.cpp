// SPDX-License-Identifier: GPL-3.0-or-later
// baseline.h5 and the CSV files beside it.
#include <H5Cpp.h>

#include <catch2/catch.hpp>

#include "store/hdf5_text.hpp"
#include "store/samples.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/store/measured_baseline_file.hpp"
#include "velocal/store/tables/noise_csv.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

namespace {

MeasuredNoise sample_noise(const std::string& trim, double offset) {
  MeasuredNoise measured{{"Module0_VP3-1", trim, {1360, 2, 55}}, {}};
  measured.noise.mean = asymmetric(offset);
  measured.noise.error = asymmetric(offset + 0.25);
  measured.noise.width = asymmetric(offset / 100.0);
  for (std::size_t i = 0; i < pixel_count; ++i) {
    measured.noise.hits[i] = static_cast<std::uint32_t>(i * 65537);
    measured.noise.status[i] = static_cast<std::uint8_t>(i % noise_status_names.size());
  }
  return measured;
}

MeasuredBaseline sample_measured_baseline() {
  MeasuredBaseline baseline{.asic = "Module0_VP3-1", .estimator = "censored", .kind = NoisePrediction::established};
  baseline.trim0 = sample_noise("Trim0", 1300.0);
  baseline.trimF = sample_noise("TrimF", 1360.0);
  baseline.control = sample_noise("Control", 1330.0);
  baseline.prediction = {.level_trim0 = 1300.5, .level_trimF = 1360.25, .target = 1330.0, .trim = {}, .mask = {}};
  for (std::size_t i = 0; i < pixel_count; ++i) {
    baseline.prediction.trim[i] = static_cast<std::uint8_t>(i % 16);
    baseline.prediction.mask[i] = static_cast<std::uint8_t>(i % 7);
  }
  baseline.prediction.baseline = asymmetric(1329.0);
  baseline.prediction.error = asymmetric(0.5);
  baseline.inputs_sha256 = std::string(64, 'c');
  return baseline;
}

void check_same(const MeasuredNoise& a, const MeasuredNoise& b) {
  CHECK(a.file == b.file);
  CHECK(same(a.noise.mean, b.noise.mean));
  CHECK(same(a.noise.error, b.noise.error));
  CHECK(same(a.noise.width, b.noise.width));
  CHECK(same(a.noise.hits, b.noise.hits));
  CHECK(same(a.noise.status, b.noise.status));
}

/// The first line's beginning.
std::string beginning(const std::filesystem::path& file, std::size_t length) {
  return read_text(file).substr(0, length);
}

}  // namespace

TEST_CASE("a measured baseline comes back as it was written, also for another dataset, but not for another chip") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "baseline.h5";
  const MeasuredBaseline written = sample_measured_baseline();
  CHECK_THROWS_WITH(read_measured_baseline(path, "Module0_VP3-1"), Contains("there is no noise baseline"));
  write_measured_baseline(path, written, sample_provenance());
  const Stored<MeasuredBaseline> stored = read_measured_baseline(path, "Module0_VP3-1");
  const MeasuredBaseline& read = stored.value;
  CHECK(read.asic == written.asic);
  CHECK(read.estimator == written.estimator);
  CHECK(read.kind == written.kind);
  check_same(read.trim0, written.trim0);
  check_same(read.trimF, written.trimF);
  REQUIRE(read.control);
  check_same(*read.control, *written.control);
  CHECK(same(read.prediction.trim, written.prediction.trim));
  CHECK(same(read.prediction.mask, written.prediction.mask));
  CHECK(same(read.prediction.baseline, written.prediction.baseline));
  CHECK(same(read.prediction.error, written.prediction.error));
  CHECK(read.prediction.level_trim0 == 1300.5);
  CHECK(read.prediction.level_trimF == 1360.25);
  CHECK(read.prediction.target == 1330.0);
  CHECK(read.inputs_sha256 == written.inputs_sha256);
  CHECK(stored.provenance.dataset == "N037");
  CHECK(stored.provenance.scan == "noise");
  CHECK_THROWS_AS(read_measured_baseline(path, "Module0_VP3-2"), InputError);
  CHECK_THROWS_WITH(read_measured_baseline(path, "Module0_VP3-2"),
                    Contains("is of the chip Module0_VP3-1, not Module0_VP3-2"));
}

TEST_CASE("baseline.h5 holds what the contract lists") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "baseline.h5";
  write_measured_baseline(path, sample_measured_baseline(), sample_provenance());
  const H5::H5File file(path.string(), H5F_ACC_RDONLY);
  CHECK(text(file.openGroup("/"), "schema") == "velocal/baseline/1");
  CHECK(text(file.openGroup("/"), "asic") == "Module0_VP3-1");
  CHECK(text(file.openGroup("/"), "prediction") == "established");
  for (const std::string name : {"/predicted", "/control_difference", "/trim0/mean", "/trimF/width", "/control/mean"}) {
    CAPTURE(name);
    CHECK(text(file.openGroup(name), "NX_class") == "NXdata");
    CHECK(text(file.openDataSet(name + "/value"), "units") == "DAC");
  }
  CHECK(file.openDataSet("/trim").getDataType() == H5::PredType::STD_U8LE);
  CHECK(file.openDataSet("/trim0/hits").getDataType() == H5::PredType::STD_U32LE);
  CHECK(file.openDataSet("/mask").openAttribute("names").getSpace().getSimpleExtentNpoints() == 7);
  CHECK(text(file.openGroup("/trim0"), "file") == "Module0_VP3-1_ECS_Scan_Trim0_1360_2_55_1of1.dat");
}

TEST_CASE("the CSV files have the established names and formats") {
  const TemporaryFolder folder;
  MeasuredBaseline baseline = sample_measured_baseline();
  baseline.trim0.noise.mean[1] = undefined;
  baseline.trim0.noise.mean[2] = 999.99;
  baseline.trim0.noise.width[0] = 4.567;
  baseline.trim0.noise.width[1] = undefined;
  baseline.trim0.noise.width[2] = 12.3;
  write_noise_csv(folder.path(), baseline);
  const auto file = [&](const std::string& name) { return folder.path() / ("Module0_VP3-1_" + name + ".csv"); };
  CHECK(beginning(file("Trim0_Noise_Mean"), 16) == "1300, 0000, 0999");
  CHECK(beginning(file("Trim0_Noise_Width"), 19) == "04.57, 00.00, 12.30");
  CHECK(beginning(file("TrimF_Noise_Mean"), 10) == "1360, 1360");
  CHECK(beginning(file("Control_Noise_Mean"), 10) == "1330, 1330");
  CHECK(beginning(file("TrimBest_Noise_Predict"), 10) == "1329, 1329");
  CHECK(beginning(file("Matrix_Mask"), 9) == "0,1,2,3,4");
  CHECK(beginning(file("Matrix_Trim"), 9) == "0,1,2,3,4");
  const std::string mask = read_text(file("Matrix_Mask"));
  CHECK(std::count(mask.begin(), mask.end(), '\n') == 256);
  CHECK(std::count(mask.begin(), mask.end(), ',') == 256 * 255);
  CHECK(mask.ends_with("\n"));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 9);
  for (const auto& path : noise_csv_paths(folder.path(), "Module0_VP3-1", true)) CHECK(std::filesystem::exists(path));
}
