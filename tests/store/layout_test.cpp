// SPDX-License-Identifier: GPL-3.0-or-later
// The files as HDF5 itself sees them: names, types, shapes, filters and attributes that are promised to other programs.
#include <H5Cpp.h>

#include <array>
#include <catch2/catch.hpp>
#include <set>

#include "store/hdf5_text.hpp"
#include "store/samples.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/version.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/truth_file.hpp"

using namespace velocal;
using namespace velocal::test;
using H5::PredType;
using Shape = std::vector<hsize_t>;

namespace {

double number(const H5::H5Object& object, const std::string& name) {
  double value = 0.0;
  object.openAttribute(name).read(PredType::NATIVE_DOUBLE, &value);
  return value;
}

Shape shape(const H5::DataSet& array) {
  Shape lengths(static_cast<std::size_t>(array.getSpace().getSimpleExtentNdims()));
  array.getSpace().getSimpleExtentDims(lengths.data());
  return lengths;
}

/// One element, wherever it is in the file: as hyperslab of one.
double element(const H5::DataSet& array, const Shape& index) {
  const Shape one(index.size(), 1);
  const H5::DataSpace place = array.getSpace();
  place.selectHyperslab(H5S_SELECT_SET, one.data(), index.data());
  double value = 0.0;
  array.read(&value, PredType::NATIVE_DOUBLE, H5::DataSpace(H5S_SCALAR), place);
  return value;
}

void check_array(const H5::H5File& file, const std::string& path, const PredType& type, const Shape& wanted) {
  INFO(path);
  const H5::DataSet array = file.openDataSet(path);
  CHECK(array.getDataType() == type);
  CHECK(shape(array) == wanted);
}

void check_quantity(const H5::H5File& file, const std::string& path, const std::string& units, bool errors,
                    const Shape& wanted) {
  INFO(path);
  const H5::Group group = file.openGroup(path);
  CHECK(text(group, "NX_class") == "NXdata");
  CHECK(text(group, "signal") == "value");
  CHECK(group.openAttribute("axes").getSpace().getSimpleExtentNpoints() == static_cast<hssize_t>(wanted.size()));
  const std::set<std::string> axes =
      wanted.size() == 2 ? std::set<std::string>{"row", "column"} : std::set<std::string>{"threshold"};
  for (const std::string& axis : axes) CHECK(shape(group.openDataSet(axis)) == Shape{wanted.front()});
  check_array(file, path + "/value", PredType::IEEE_F64LE, wanted);
  CHECK(text(group.openDataSet("value"), "units") == units);
  CHECK_FALSE(text(group.openDataSet("value"), "long_name").empty());
  REQUIRE((H5Lexists(group.getId(), "value_errors", H5P_DEFAULT) > 0) == errors);
  if (!errors) return;
  check_array(file, path + "/value_errors", PredType::IEEE_F64LE, wanted);
  CHECK(text(group.openDataSet("value_errors"), "units") == units);
}

const Shape matrix{256, 256};

/// The group of the stacked residuals, in both files alike.
void check_residuals(const H5::H5File& file) {
  check_quantity(file, "/residuals", "hits/s", true, {3});
  check_array(file, "/residuals/expected", PredType::IEEE_F64LE, {3});
  CHECK(text(file.openDataSet("/residuals/threshold"), "long_name") == "threshold - E0");
  const H5::Group group = file.openGroup("/residuals");
  CHECK(number(group, "pixels") == 321);
  CHECK(number(group, "largest") == 0.005);
  CHECK(number(group, "largest_error") == 0.001);
  CHECK(number(group, "largest_offset") == 2.0);
  CHECK(number(group, "largest_share") == 0.005 / 0.2);
  CHECK(number(group, "significance") == 0.005 / 0.001);
  CHECK(number(group, "chi2") == Approx(1.0 + 100.0 / 9.0 + 25.0));
  CHECK(number(group, "bins") == 3);
}

}  // namespace

TEST_CASE("a matrix is [row][column], one chunk, shuffle + deflate 1 + fletcher32") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "matrices.h5";
  const Calibration calibration = sample_calibration();
  write_matrices(path, calibration, sample_fit(), sample_provenance());
  const H5::H5File file(path.string(), H5F_ACC_RDONLY);
  const H5::DataSet gain = file.openDataSet("/K/value");
  CHECK(element(gain, {3, 7}) == 13.0 + (3 * 256 + 7) / 3.0);
  CHECK(element(gain, {7, 3}) == 13.0 + (7 * 256 + 3) / 3.0);
  CHECK(element(file.openDataSet("/target/value_errors"), {255, 254}) == calibration.target.error(255, 254));

  const H5::DSetCreatPropList properties = gain.getCreatePlist();
  Shape chunk(2);
  CHECK(properties.getChunk(2, chunk.data()) == 2);
  CHECK(chunk == matrix);
  REQUIRE(properties.getNfilters() == 3);
  std::array<H5Z_filter_t, 3> filters{};
  std::array<unsigned, 8> options{};
  for (int i = 0; i < 3; ++i) {
    unsigned flags = 0;
    unsigned config = 0;
    std::size_t count = i == 1 ? options.size() : 0;
    filters[static_cast<std::size_t>(i)] =
        properties.getFilter(i, flags, count, i == 1 ? options.data() : nullptr, 0, nullptr, config);
  }
  CHECK(filters == std::array<H5Z_filter_t, 3>{H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE, H5Z_FILTER_FLETCHER32});
  CHECK(options[0] == 1);
}

TEST_CASE("counts are [threshold][row][column] in one chunk a threshold") {
  const TemporaryFolder folder;
  const FluxCube cube = sample_cube();
  write_flux(folder.path() / "flux.h5", cube, sample_provenance());
  const H5::H5File file((folder.path() / "flux.h5").string(), H5F_ACC_RDONLY);
  const H5::DataSet counts = file.openDataSet("/counts");
  Shape chunk(3);
  counts.getCreatePlist().getChunk(3, chunk.data());
  CHECK(chunk == Shape{1, 256, 256});
  CHECK(element(counts, {2, 3, 7}) == cube.counts[(2 * 256 + 3) * 256 + 7]);
}

TEST_CASE("root attributes tell where a file comes from, in the order of the documentation") {
  const TemporaryFolder folder;
  write_truth(folder.path() / "truth.h5", sample_truth(), sample_provenance());
  const H5::H5File file((folder.path() / "truth.h5").string(), H5F_ACC_RDONLY);
  const H5::Group root = file.openGroup("/");
  CHECK(text(root, "schema") == "velocal/truth/1");
  CHECK(text(root, "creator") == "velocal");
  CHECK(text(root, "version") == version());
  CHECK(text(root, "git_hash") == git_hash());
  CHECK(text(root, "dataset") == "N037");
  CHECK(text(root, "scan") == "warm");
  CHECK(text(root, "group") == "all");
  CHECK(text(root, "descriptor") == "velocal: 1\nname: N037  # Zürich\n");
  CHECK(text(root, "options") == "--model F1");
  CHECK(text(root, "inputs_sha256") == std::string(64, 'a'));
  CHECK(text(root, "settings") == "shutter: 1s\nfit.shared: nothing\n");
  const std::array<const char*, 11> order{"schema", "creator",    "version", "git_hash",      "dataset", "scan",
                                          "group",  "descriptor", "options", "inputs_sha256", "settings"};
  for (std::size_t i = 0; i < order.size(); ++i) {
    std::array<char, 64> name{};
    H5Aget_name_by_idx(root.getId(), ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name.data(), name.size(), H5P_DEFAULT);
    CHECK(std::string(name.data()) == order[i]);
  }
}

TEST_CASE("flux.h5 holds what the contract lists") {
  const TemporaryFolder folder;
  write_flux(folder.path() / "flux.h5", sample_cube(), sample_provenance());
  const H5::H5File file((folder.path() / "flux.h5").string(), H5F_ACC_RDONLY);
  CHECK(text(file.openGroup("/"), "schema") == "velocal/flux/1");
  CHECK(text(file.openGroup("/"), "separation") == "column-pairs");
  check_array(file, "/threshold", PredType::STD_I32LE, {3});
  check_array(file, "/counts", PredType::STD_U32LE, {3, 256, 256});
  check_array(file, "/live_time", PredType::IEEE_F64LE, {3});
  for (const char* quality : {"good", "bad", "empty", "rejected"}) {
    check_array(file, std::string("/acquisitions/") + quality, PredType::STD_U32LE, {3});
  }
  check_array(file, "/mask", PredType::STD_U8LE, matrix);
  check_quantity(file, "/total_flux", "hits/s", true, matrix);
  for (const char* group : {"all", "even", "odd", "rows"}) {
    check_quantity(file, std::string("/asic/") + group, "hits/s", true, {3});
  }
  check_quantity(file, "/baseline", "DAC", true, matrix);
  check_array(file, "/inputs", PredType::STD_U8LE, {sample_cube().inputs.size()});
  CHECK(number(file.openGroup("/"), "counter") == 63);
  CHECK(number(file.openGroup("/dispersion"), "value") == 1.25);
  CHECK(number(file.openGroup("/dispersion"), "error") == 0.02);
  CHECK(element(file.openDataSet("/acquisitions/rejected"), {2}) == 4000000000.0);
}

TEST_CASE("the total flux in flux.h5 is that of the counts") {
  // By hand, for the pixel (0, 9) of the sample: hits 9 * 20011 and (2 * 65536 + 9) * 20011 mod 2^32 in 7.863 and
  // 10.484 s; the threshold without live time does not count.
  const TemporaryFolder folder;
  write_flux(folder.path() / "flux.h5", sample_cube(), sample_provenance());
  const H5::H5File file((folder.path() / "flux.h5").string(), H5F_ACC_RDONLY);
  const double expected = 180099.0 / (3 * 2.621) + 2623061891.0 / (4 * 2.621);
  CHECK(element(file.openDataSet("/total_flux/value"), {0, 9}) == Approx(expected).epsilon(1e-14));
}

TEST_CASE("fit.h5 holds what the contract lists") {
  const TemporaryFolder folder;
  write_fit(folder.path() / "fit.h5", sample_fit(), sample_provenance());
  const H5::H5File file((folder.path() / "fit.h5").string(), H5F_ACC_RDONLY);
  const H5::Group root = file.openGroup("/");
  CHECK(text(root, "schema") == "velocal/fit/1");
  CHECK(text(root, "model") == "F2s_0");
  CHECK(text(root, "statistic") == "poisson");
  CHECK(text(root, "covariance") == "absolute");
  CHECK(text(root, "start") == "auto");
  CHECK(text(root, "baseline") == "aligned");
  CHECK(text(root, "engine") == "gsl");
  CHECK(text(root, "separation") == "column-pairs");
  CHECK(number(root, "significance") == 0.01);
  CHECK(number(root, "background") == 3e-6);
  CHECK(number(root, "max_zero_fraction") == 0.7);
  CHECK(number(root, "mean_evaluations") == 12.3);
  check_array(file, "/status", PredType::STD_I8LE, matrix);
  check_array(file, "/reason", PredType::STD_U8LE, matrix);
  CHECK(file.openDataSet("/reason").openAttribute("names").getSpace().getSimpleExtentNpoints() ==
        static_cast<hssize_t>(status_reason_names.size()));
  check_quantity(file, "/parameters/E0", "DAC", true, matrix);
  check_quantity(file, "/parameters/A", "DAC hits/s", true, matrix);
  check_quantity(file, "/parameters/s", "DAC", true, matrix);
  check_array(file, "/chi2", PredType::IEEE_F64LE, matrix);
  check_array(file, "/ndf", PredType::STD_I32LE, matrix);
  check_array(file, "/saturated", PredType::STD_U32LE, matrix);
  CHECK(number(root, "counter") == 63);
  CHECK(number(file.openGroup("/dispersion"), "value") == 1.25);
  check_array(file, "/fixed/status", PredType::STD_I8LE, matrix);
  check_quantity(file, "/fixed/A", "DAC hits/s", true, matrix);
  check_quantity(file, "/baseline", "DAC", true, matrix);
  for (const std::string group : {"/asic", "/asic_good"}) {
    CHECK(shape(file.openDataSet(group + "/names")) == Shape{3});
    check_array(file, group + "/value", PredType::IEEE_F64LE, {3});
    check_array(file, group + "/value_errors", PredType::IEEE_F64LE, {3});
    check_array(file, group + "/covariance", PredType::IEEE_F64LE, {3, 3});
    CHECK(number(file.openGroup(group), "ndf") == 117);
  }
  CHECK(element(file.openDataSet("/asic/covariance"), {0, 2}) == 3);
  CHECK(number(file.openGroup("/asic"), "chi2") == 111.25);
  check_quantity(file, "/asic/curve", "hits/s", true, {5});
  check_quantity(file, "/asic_good/curve", "hits/s", true, {9});
  check_residuals(file);
}

TEST_CASE("matrices.h5 holds what the contract lists") {
  const TemporaryFolder folder;
  write_matrices(folder.path() / "matrices.h5", sample_calibration(), sample_fit(), sample_provenance());
  const H5::H5File file((folder.path() / "matrices.h5").string(), H5F_ACC_RDONLY);
  CHECK(text(file.openGroup("/"), "schema") == "velocal/matrices/1");
  check_quantity(file, "/target", "DAC", true, matrix);
  check_quantity(file, "/K", "e-/DAC", true, matrix);
  check_quantity(file, "/asic/curve", "hits/s", true, {5});
  CHECK(H5Lexists(file.getId(), "/asic_good/curve", H5P_DEFAULT) > 0);
  const H5::Group asic = file.openGroup("/asic");
  CHECK(number(asic, "target") == 123.5);
  CHECK(number(asic, "target_error") == 5.5);
  CHECK(number(asic, "K") == 12.9);
  CHECK(number(asic, "K_error") == 0.7);
  const H5::Group summary = file.openGroup("/summary");
  CHECK(number(summary, "good_pixels") == 1);
  CHECK(number(summary, "bad_pixels") == 2);
  CHECK(number(summary, "not_found_pixels") == 3);
  CHECK(number(summary, "cut_pixels") == 4);
  CHECK(number(summary, "masked_pixels") == 5);
  CHECK(number(summary, "outside_pixels") == 6);
  CHECK(number(summary, "target_mean") == 122.79485186042018);
  CHECK(number(summary, "target_std") == 7.6164944763200015);
  CHECK(number(summary, "K_mean") == 13.071744817886788);
  CHECK(number(summary, "K_std") == 0.8207953554619438);
  CHECK(number(summary, "K_mean_error") == 0.004986528746856968);
  CHECK(number(summary, "K_pixels") == 12344);
  check_residuals(file);
}

TEST_CASE("truth.h5 names its quantities as fit.h5 and matrices.h5 do") {
  const TemporaryFolder folder;
  write_truth(folder.path() / "truth.h5", sample_truth(), sample_provenance());
  const H5::H5File file((folder.path() / "truth.h5").string(), H5F_ACC_RDONLY);
  for (const char* name : {"f", "A", "s", "E0"}) {
    check_quantity(file, std::string("/parameters/") + name,
                   text(file.openDataSet(std::string("/parameters/") + name + "/value"), "units"), false, matrix);
  }
  check_quantity(file, "/target", "DAC", false, matrix);
  check_quantity(file, "/baseline", "DAC", true, matrix);
  check_array(file, "/mask", PredType::STD_U8LE, matrix);
  CHECK(number(file.openGroup("/"), "background") == 2e-6);
  CHECK(text(file.openGroup("/"), "model") == "F1_0");
}

TEST_CASE("truth.h5 of a scan from first principles has the parameters of the model diffusion") {
  const TemporaryFolder folder;
  write_truth(folder.path() / "truth.h5", sample_physical_truth(), sample_provenance());
  const H5::H5File file((folder.path() / "truth.h5").string(), H5F_ACC_RDONLY);
  const auto parameter = [&](const std::string& name, const char* unit) {
    check_quantity(file, "/parameters/" + name, unit, false, matrix);
  };
  parameter("R", "hits/s");
  parameter("sigma", "um");
  parameter("s", "DAC");
  parameter("E0", "DAC");
  for (const char* name : {"energy_ratio", "share", "pairs", "attenuation_um"}) {
    check_array(file, std::string("/lines/") + name, PredType::IEEE_F64LE, {2});
  }
  CHECK(text(file.openGroup("/"), "model") == "diffusion");
  CHECK(number(file.openGroup("/"), "pitch_um") == 50.0);
  CHECK(number(file.openGroup("/"), "thickness_um") == 150.0);
  CHECK(text(file.openGroup("/"), "illuminated") == "front");
}
