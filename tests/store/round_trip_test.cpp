// SPDX-License-Identifier: GPL-3.0-or-later
// What is written comes back bit for bit.
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <thread>

#include "store/samples.hpp"
#include "support/files.hpp"
#include "support/other_values.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/descriptor/setting_tables.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/truth_file.hpp"

using namespace velocal;
using namespace velocal::test;

namespace {

void check_same(const NoiseBaseline& a, const NoiseBaseline& b) {
  CHECK(same(a.mean, b.mean));
  CHECK(same(a.width, b.width));
  CHECK(same(a.error, b.error));
  CHECK(a.added == b.added);
}

void check_same(const ParameterMap& a, const ParameterMap& b) {
  CHECK(a.name == b.name);
  CHECK(a.unit == b.unit);
  CHECK(same(a.value, b.value));
  CHECK(same(a.error, b.error));
}

void check_same(const AsicFit& a, const AsicFit& b) {
  CHECK(same(a.curve, b.curve));
  CHECK(a.fit.found == b.fit.found);
  CHECK(a.fit.names == b.fit.names);
  CHECK(a.fit.units == b.fit.units);
  REQUIRE(a.fit.parameters.size() == b.fit.parameters.size());
  for (std::size_t k = 0; k < a.fit.parameters.size(); ++k) CHECK(same(a.fit.parameters[k], b.fit.parameters[k]));
  CHECK(a.fit.covariance == b.fit.covariance);
  CHECK(same(a.fit.chi2, b.fit.chi2));
  CHECK(a.fit.ndf == b.fit.ndf);
}

void check_same(const FitSettings& a, const FitSettings& b) {
  for (const Setting<FitSettings>& row : fit_settings_table()) {
    CAPTURE(row.key);
    CHECK(text_of(row.member.get(a)) == text_of(row.member.get(b)));
  }
}

void check_same(const PhotonSource& a, const PhotonSource& b) {
  CHECK(a.name == b.name);
  CHECK(a.energy_eV == b.energy_eV);
  CHECK(a.pair_energy_eV.value == b.pair_energy_eV.value);
  CHECK(a.pair_energy_eV.error == b.pair_energy_eV.error);
  CHECK(a.lines == b.lines);
  CHECK(a.sensor == b.sensor);
}

void check_same(const std::vector<SharedParameter>& a, const std::vector<SharedParameter>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].name == b[i].name);
    CHECK(a[i].unit == b[i].unit);
    CHECK(a[i].value.value == b[i].value.value);
    CHECK(a[i].value.error == b[i].value.error);
    CHECK(a[i].curves == b[i].curves);
    CHECK(a[i].line_slope == b[i].line_slope);
    CHECK(a[i].profile_value == b[i].profile_value);
    CHECK(a[i].profile_chi2 == b[i].profile_chi2);
  }
}

void check_same(const PixelMeans& a, const PixelMeans& b) {
  CHECK(a.pixels == b.pixels);
  CHECK(same(a.mean, b.mean));
  CHECK(same(a.standard_deviation, b.standard_deviation));
  CHECK(same(a.mean_error, b.mean_error));
}

void check_same(const StackedResiduals& a, const StackedResiduals& b) {
  CHECK(same(a.offset, b.offset));
  CHECK(same(a.residual, b.residual));
  CHECK(same(a.error, b.error));
  CHECK(same(a.expected, b.expected));
  CHECK(a.curves == b.curves);
}

std::string hash_of(const std::filesystem::path& file) {
  const std::string text = read_text(file);
  return sha256_hex(std::as_bytes(std::span(text)));
}

}  // namespace

TEST_CASE("flux.h5 gives the cube back") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "flux.h5";
  const FluxCube cube = sample_cube();
  write_flux(path, cube, sample_provenance());
  Provenance expected = sample_provenance();
  expected.group = "even";  // one flux file serves all groups
  const Stored<FluxCube> stored = read_flux(path, expected);
  const FluxCube& back = stored.value;
  CHECK(back.threshold == cube.threshold);
  CHECK(back.counts == cube.counts);
  CHECK(back.live_time_s == cube.live_time_s);
  CHECK(back.acquisitions == cube.acquisitions);
  CHECK(back.mask == cube.mask);
  CHECK(back.mask_found == cube.mask_found);
  CHECK(back.separation == cube.separation);
  for (const PixelGroup group : pixel_groups) CHECK(same(back.asic_curve(group), cube.asic_curve(group)));
  REQUIRE(back.baseline);
  check_same(*back.baseline, *cube.baseline);
  CHECK(back.inputs == cube.inputs);
  CHECK(back.counter == 63);
  CHECK(same(back.dispersion, cube.dispersion));
  CHECK(back.inputs_sha256 == cube.inputs_sha256);
  CHECK(stored.sha256 == hash_of(path));
  Provenance written = sample_provenance();
  written.inputs_sha256 = cube.inputs_sha256;
  CHECK(stored.provenance == written);
}

TEST_CASE("flux.h5 keeps the list of a scan of 300,000 acquisitions") {
  const TemporaryFolder folder;
  FluxCube cube = sample_cube();
  cube.inputs.clear();
  const std::string rest = "_ECS_data_ST_1s310ms_warm_THR_1480.csv 131073 fedcba9876543210\n";
  for (int number = 0; number < 300000; ++number) cube.inputs += std::to_string(number) + rest;
  write_flux(folder.path() / "flux.h5", cube, sample_provenance());
  CHECK(read_flux(folder.path() / "flux.h5", sample_provenance()).value.inputs == cube.inputs);
}

TEST_CASE("flux.h5 keeps that there is no baseline") {
  const TemporaryFolder folder;
  FluxCube cube = sample_cube();
  cube.baseline.reset();
  write_flux(folder.path() / "flux.h5", cube, sample_provenance());
  CHECK_FALSE(read_flux(folder.path() / "flux.h5", sample_provenance()).value.baseline);
}

TEST_CASE("fit.h5 gives the fit back") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "fit.h5";
  const ScanFit fit = sample_fit(PixelGroup::even);
  Provenance provenance = sample_provenance();
  write_fit(path, fit, provenance);
  provenance.group = "even";
  const Stored<ScanFit> stored = read_fit(path, provenance);
  const ScanFit& back = stored.value;
  check_same(back.settings, fit.settings);
  check_same(back.source, fit.source);
  check_same(back.shared, fit.shared);
  check_same(back.residuals, fit.residuals);
  CHECK(back.engine == fit.engine);
  CHECK(back.group == fit.group);
  CHECK(back.background == fit.background);
  CHECK(back.background_error == fit.background_error);
  CHECK(back.thresholds.threshold == fit.thresholds.threshold);
  CHECK(back.thresholds.use == fit.thresholds.use);
  CHECK(back.thresholds.dropped == fit.thresholds.dropped);
  CHECK(back.pixels.dropped == fit.pixels.dropped);
  CHECK(back.counter == 63);
  CHECK(back.full == fit.full);
  CHECK(same(back.dispersion, fit.dispersion));
  CHECK(back.pixels.status == fit.pixels.status);
  CHECK(back.pixels.reason == fit.pixels.reason);
  CHECK(same(back.pixels.chi2, fit.pixels.chi2));
  CHECK(back.pixels.ndf == fit.pixels.ndf);
  CHECK(back.pixels.mean_evaluations == fit.pixels.mean_evaluations);
  REQUIRE(back.pixels.parameters.size() == fit.pixels.parameters.size());
  for (std::size_t k = 0; k < fit.pixels.parameters.size(); ++k) {
    check_same(back.pixels.parameters[k], fit.pixels.parameters[k]);
  }
  REQUIRE(back.fixed);
  CHECK(back.fixed->status == fit.fixed->status);
  check_same(back.fixed->amplitude, fit.fixed->amplitude);
  check_same(back.asic, fit.asic);
  check_same(back.asic_good, fit.asic_good);
  REQUIRE(back.baseline);
  check_same(*back.baseline, *fit.baseline);
  CHECK(stored.provenance == provenance);
  CHECK(stored.sha256 == hash_of(path));
}

TEST_CASE(
    "fit.h5 keeps what a fit lacks: fixed fit, baseline, background of the descriptor, curve that was not found") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "fit.h5";
  ScanFit fit = sample_fit();
  fit.fixed.reset();
  fit.baseline.reset();
  fit.settings.background.reset();
  fit.asic_good = {FluxCurve{}, CurveFit{}};
  fit.asic_good.fit.names = {"f", "A"};
  fit.asic_good.fit.units = {"", "DAC hits/s"};
  write_fit(path, fit, sample_provenance());
  const ScanFit back = read_fit(path, sample_provenance()).value;
  CHECK_FALSE(back.fixed);
  CHECK_FALSE(back.baseline);
  CHECK_FALSE(back.settings.background);
  CHECK_FALSE(back.asic_good.fit.found);
  CHECK(back.asic_good.curve.threshold.empty());
  REQUIRE(back.asic_good.fit.parameters.size() == 2);
  CHECK(same(back.asic_good.fit.parameters[1], Uncertain{}));
  CHECK(back.asic_good.fit.covariance.rows() == 2);
  CHECK(back.asic_good.fit.covariance.array().isNaN().all());
}

TEST_CASE("matrices.h5 gives the calibration back") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "matrices.h5";
  const Calibration calibration = sample_calibration();
  write_matrices(path, calibration, sample_fit(), sample_provenance());
  const Stored<Calibration> stored = read_matrices(path, sample_provenance());
  const Calibration& back = stored.value;
  CHECK(same(back.target.value, calibration.target.value));
  CHECK(same(back.target.error, calibration.target.error));
  CHECK(same(back.gain.value, calibration.gain.value));
  CHECK(same(back.gain.error, calibration.gain.error));
  check_same(back.target_means, calibration.target_means);
  check_same(back.gain_means, calibration.gain_means);
  check_same(back.source, calibration.source);
  CHECK(back.uncertainty == calibration.uncertainty);
  REQUIRE(back.budget.rows.size() == 2);
  CHECK(back.budget.rows[0].cause == "counts");
  CHECK_FALSE(back.budget.rows[0].common);
  CHECK(back.budget.rows[1].common);
  CHECK(back.budget.rows[1].gain == 0.1);
  CHECK(back.statuses.good == 1);
  CHECK(back.statuses.bad == 2);
  CHECK(back.statuses.not_found == 3);
  CHECK(back.statuses.cut == 4);
  CHECK(back.statuses.masked == 5);
  CHECK(back.statuses.outside == 6);
  check_same(back.residuals, calibration.residuals);
  check_same(back.asic.fit, calibration.asic.fit);
  CHECK(same(back.asic.target, calibration.asic.target));
  CHECK(same(back.asic.gain, calibration.asic.gain));
  check_same(back.asic_good.fit, calibration.asic_good.fit);
  CHECK(same(back.asic_good.target, calibration.asic_good.target));
  CHECK(same(back.asic_good.gain, calibration.asic_good.gain));
  CHECK(stored.provenance == sample_provenance());
}

TEST_CASE("truth.h5 gives the truth back") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "truth.h5";
  const Truth truth = sample_truth();
  write_truth(path, truth, sample_provenance());
  const Truth back = read_truth(path, sample_provenance()).value;
  CHECK(same(back.shelf, truth.shelf));
  CHECK(same(back.amplitude, truth.amplitude));
  CHECK(same(back.width, truth.width));
  CHECK(same(back.line, truth.line));
  CHECK(same(back.target, truth.target));
  CHECK(back.mask == truth.mask);
  check_same(back.baseline, truth.baseline);
  CHECK(back.background == truth.background);
  CHECK(back.seed == truth.seed);
  CHECK_FALSE(back.physics.has_value());
}

TEST_CASE("truth.h5 gives the truth of a scan from first principles back") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "truth.h5";
  const Truth truth = sample_physical_truth();
  write_truth(path, truth, sample_provenance());
  const Truth back = read_truth(path, sample_provenance()).value;
  CHECK(same(back.width, truth.width));
  CHECK(same(back.line, truth.line));
  CHECK(same(back.target, truth.target));
  CHECK(same(back.shelf, truth.shelf));
  CHECK(same(back.amplitude, truth.amplitude));
  REQUIRE(back.physics.has_value());
  CHECK(same(back.physics->rate, truth.physics->rate));
  CHECK(back.physics->sigma_um == truth.physics->sigma_um);
  CHECK(back.physics->sensor == truth.physics->sensor);
  REQUIRE(back.physics->lines.size() == 2);
  CHECK(std::memcmp(back.physics->lines.data(), truth.physics->lines.data(), 2 * sizeof(PhotonLine)) == 0);
}

TEST_CASE("a descriptor of any length is kept") {
  const TemporaryFolder folder;
  Provenance provenance = sample_provenance();
  provenance.descriptor.assign(200000, 'd');  // headers of HDF5 hold 64 kB
  provenance.descriptor += "ü";
  write_truth(folder.path() / "truth.h5", sample_truth(), provenance);
  CHECK(read_truth(folder.path() / "truth.h5", provenance).provenance == provenance);
}

TEST_CASE("identical values give identical bytes, at any time") {
  const TemporaryFolder folder;
  const auto write_all = [&](const std::filesystem::path& place) {
    write_flux(place / "flux.h5", sample_cube(), sample_provenance());
    write_fit(place / "fit.h5", sample_fit(), sample_provenance());
    write_matrices(place / "matrices.h5", sample_calibration(), sample_fit(), sample_provenance());
    write_truth(place / "truth.h5", sample_truth(), sample_provenance());
  };
  write_all(folder.path() / "first");
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // time stamps of HDF5 count seconds
  write_all(folder.path() / "second");
  for (const char* name : {"flux.h5", "fit.h5", "matrices.h5", "truth.h5"}) {
    INFO(name);
    CHECK(read_text(folder.path() / "first" / name) == read_text(folder.path() / "second" / name));
  }
}

TEST_CASE("files can be written and read by several threads at once") {
#if defined(__SANITIZE_ADDRESS__)
  std::puts("SKIPPED: the locks of the sanitizer's memory (GCC 12) do not survive a fork() beside other threads");
  return;
#endif
  const TemporaryFolder folder;
  std::vector<std::thread> threads;
  std::vector<int> good(4, 0);
  for (std::size_t i = 0; i < good.size(); ++i) {
    threads.emplace_back([&, i] {
      Provenance provenance = sample_provenance();
      provenance.scan = std::to_string(i);
      Truth truth = sample_truth();
      truth.seed = i;
      const auto path = folder.path() / provenance.scan / "truth.h5";
      try {
        write_truth(path, truth, provenance);
        good[i] = read_truth(path, provenance).value.seed == i ? 1 : 0;
      } catch (...) {
        good[i] = -1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == std::vector<int>{1, 1, 1, 1});
}
