// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <string>
#include <vector>

#include "velocal/calibration/calibration.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/model/photon_source.hpp"
#include "velocal/simulate/truth.hpp"
#include "velocal/store/provenance.hpp"

// Values to store. No two pixels of a matrix are equal, so that rows and columns cannot be confused, and no two
// matrices.

namespace velocal::test {

/// offset + 256 row + column, with every seventh pixel undefined.
inline PixelMatrix<double> asymmetric(double offset) {
  PixelMatrix<double> matrix;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    matrix[pixel] = pixel % 7 == 6 ? undefined : offset + static_cast<double>(pixel) / 3.0;
  }
  return matrix;
}

/// Equal as bytes: NaN is NaN.
template <class Values>
bool same(const Values& a, const Values& b) {
  using Value = typename Values::value_type;
  return a.size() == b.size() &&
         (a.size() == 0 || std::memcmp(&*a.begin(), &*b.begin(), a.size() * sizeof(Value)) == 0);
}
inline bool same(double a, double b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}
inline bool same(const Uncertain& a, const Uncertain& b) {
  return same(a.value, b.value) && same(a.error, b.error);
}
inline bool same(const FluxCurve& a, const FluxCurve& b) {
  return same(a.threshold, b.threshold) && same(a.flux, b.flux) && same(a.error, b.error);
}

inline FluxCurve sample_curve(double offset, int points = 5) {
  FluxCurve curve;
  for (int i = 0; i < points; ++i) {
    curve.threshold.push_back(1480.0 + offset + i);
    curve.flux.push_back(i == 2 ? undefined : 0.1 * offset + i / 7.0);
    curve.error.push_back(i == 2 ? undefined : 0.01 * offset + i / 11.0);
  }
  return curve;
}

inline NoiseBaseline sample_baseline() {
  NoiseBaseline baseline{asymmetric(1400.25), asymmetric(5.125)};
  for (std::size_t pixel = 6; pixel < pixel_count; pixel += 7) {
    baseline.mean[pixel] = 0.0;
    baseline.width[pixel] = static_cast<double>(pixel) / 5.0;
  }
  baseline.error = PixelMatrix<double>(0.375);
  baseline.added = 0.5;
  return baseline;
}

inline Provenance sample_provenance() {
  return {.dataset = "N037",
          .scan = "warm",
          .group = "all",
          .descriptor = "velocal: 1\nname: N037  # Zürich\n",
          .options = "--model F1",
          .inputs_sha256 = std::string(64, 'a'),
          .settings = {{"shutter", "1s"}, {"fit.shared", "nothing"}}};
}

/// Three thresholds: enough for a cube, and quick. The second has no good acquisition.
inline FluxCube sample_cube() {
  FluxCube cube;
  cube.threshold = {1480, 1482, 1484};
  cube.counts.resize(3 * pixel_count);
  for (std::size_t i = 0; i < cube.counts.size(); ++i) cube.counts[i] = static_cast<std::uint32_t>(i * 20011u);
  cube.live_time_s = {2.621 * 3, 0.0, 2.621 * 4};
  cube.acquisitions = {{3, 1, 0, 0}, {0, 1, 2, 1}, {4, 0, 0, 4000000000u}};
  for (std::size_t pixel = 0; pixel < pixel_count; pixel += 1000) cube.mask[pixel] = 1;
  cube.mask_found = false;
  cube.separation = SeparationPattern::column_pairs;
  for (std::size_t group = 0; group < cube.asic.size(); ++group) {
    cube.asic[group] = sample_curve(static_cast<double>(group) + 0.5, 3);
    cube.asic[group].threshold.assign(cube.threshold.begin(), cube.threshold.end());
  }
  cube.baseline = sample_baseline();
  cube.inputs = "m_Matrix_Mask.csv 131072 0123456789abcdef\nm_THR_1480_0.csv 131073 fedcba9876543210\n";
  cube.counter = 63;
  cube.dispersion = {1.25, 0.02};
  cube.inputs_sha256 = std::string(64, 'b');
  return cube;
}

inline CurveFit sample_curve_fit(double offset) {
  CurveFit fit;
  fit.found = true;
  fit.names = {"f", "A", "s"};
  fit.units = {"", "DAC hits/s", "DAC"};
  fit.parameters = {{offset, 0.1}, {offset + 1.0 / 3.0, 0.2}, {offset + 2.0, 1e-300}};
  fit.covariance.resize(3, 3);
  fit.covariance << 1, 2, 3, 4, 5, 6, 7, 8, offset;
  fit.chi2 = 101.25 + offset;
  fit.ndf = 117;
  return fit;
}

inline PixelFits sample_pixels() {
  PixelFits pixels;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    pixels.status[pixel] = static_cast<std::int8_t>(static_cast<int>(pixel % 5 % 4) - 2);
    pixels.reason[pixel] = static_cast<std::uint8_t>(pixel % status_reason_names.size());
    pixels.ndf[pixel] = static_cast<std::int32_t>(pixel) - 1000;
  }
  // Not in the order of the alphabet: the model's order has to come back.
  pixels.parameters = {{"s", "DAC", asymmetric(1.0), asymmetric(2.0)},
                       {"A", "DAC hits/s", asymmetric(3.0), asymmetric(4.0)},
                       {"E0", "DAC", asymmetric(1500.0), asymmetric(6.0)}};
  pixels.chi2 = asymmetric(7.0);
  pixels.mean_evaluations = 12.3;
  return pixels;
}

/// All bins of one live time, the largest residual in the last.
inline StackedResiduals sample_residuals() {
  return {{-1.0, 0.0, 2.0}, {0.001, -1.0 / 300.0, 0.005}, {0.001, 0.001, 0.001}, {0.2, 0.2, 0.2}, 321};
}

inline ScanFit sample_fit(PixelGroup group = PixelGroup::all) {
  ScanFit fit;
  fit.source = photon_source({});
  fit.shared = {{"sigma", "um", {4.3, 0.02}, 2500, 1.5, {4.28, 4.3, 4.32}, {1.0, 0.0, 1.1}}};
  fit.settings = {.model = "F2s_0",
                  .statistic = "poisson",
                  .covariance = Covariance::absolute,
                  .start = StartValues::automatic,
                  .baseline = BaselineMode::aligned,
                  .separation = SeparationPattern::column_pairs,
                  .significance = 0.01,
                  .max_zero_fraction = 0.7,
                  .background = 2.5e-6,
                  .robust = false,
                  .range = FitRange{1481, 1590},
                  .fixed_fit = true};
  fit.engine = "gsl";
  fit.group = group;
  fit.background = 3e-6;
  fit.pixels = sample_pixels();
  fit.thresholds = {{1480, 1481, 1482}, {ThresholdUse::noise, ThresholdUse::used, ThresholdUse::glitch}, {0, 7, 0}};
  fit.pixels.dropped[5] = 2;
  fit.background_error = 3e-7;
  fit.residuals = sample_residuals();
  fit.fixed = FixedFits{fit.pixels.status, {"A", "DAC hits/s", asymmetric(20.0), asymmetric(21.0)}};
  fit.fixed->status[3] = 1;
  fit.asic = {sample_curve(1.0), sample_curve_fit(10.0)};
  fit.asic_good = {sample_curve(2.0, 9), sample_curve_fit(30.0)};
  fit.baseline = sample_baseline();
  fit.dispersion = {1.25, 0.02};
  fit.counter = 63;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) fit.full[pixel] = static_cast<std::uint32_t>(pixel % 121);
  return fit;
}

inline Calibration sample_calibration() {
  Calibration calibration;
  calibration.source = photon_source({});
  calibration.target = {asymmetric(100.0), asymmetric(50.0)};
  calibration.gain = {asymmetric(13.0), asymmetric(0.5)};
  calibration.target_means = {12345, 122.79485186042018, 7.6164944763200015, 0.1 + 0.2};
  calibration.gain_means = {12344, 13.071744817886788, 0.8207953554619438, 0.004986528746856968};
  calibration.uncertainty = BaselineUncertainty::width;
  calibration.budget.rows = {{"counts", false, 0.3, 0.03}, {"pair energy", true, 0.0, 0.1}};
  calibration.statuses = {.good = 1, .bad = 2, .not_found = 3, .cut = 4, .masked = 5, .outside = 6};
  calibration.residuals = sample_residuals();
  calibration.asic = {{sample_curve(3.0), sample_curve_fit(40.0)}, {123.5, 5.5}, {12.9, 0.7}};
  calibration.asic_good = {{sample_curve(4.0, 0), CurveFit{}}, {}, {}};
  return calibration;
}

inline Truth sample_truth() {
  Truth truth;
  truth.shelf = asymmetric(0.0);
  truth.amplitude = asymmetric(8.0);
  truth.width = asymmetric(4.0);
  truth.line = asymmetric(1550.0);
  truth.target = asymmetric(124.0);
  truth.mask[77] = 1;
  truth.baseline = sample_baseline();
  truth.background = 2e-6;
  truth.seed = 0xfedcba9876543210u;
  return truth;
}

inline Truth sample_physical_truth() {
  Truth truth = sample_truth();
  truth.shelf = PixelMatrix<double>();
  truth.amplitude = PixelMatrix<double>();
  truth.physics = {asymmetric(0.9),
                   4.3,
                   {50.0, 150.0, IlluminatedSide::front},
                   {{1.0, 0.9, 1600.5, 27.8}, {1.1, 0.1, 1760.25, 36.5}}};
  return truth;
}

}  // namespace velocal::test
