// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "golden_checks.hpp"
#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/problem/start_values.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::test {
namespace {

void check_value(const std::string& what, double ours, double expected, double tolerance) {
  fmt::print("{:<20} {:.9g}, reference {:.9g}, may differ by {:.2g}\n", what, ours, expected, tolerance);
  CAPTURE(what);
  CHECK(std::abs(ours - expected) < tolerance);
}

/// The curves are the same to the last digits that the reference's minimiser looks at, and so are the fits: values
/// within 1e-3 of their uncertainties, these within 1e-4. `scale`: of A, which the two normalise differently.
void check_curve(const Golden& golden, const std::string& name, const AsicCalibration& ours, double scale) {
  constexpr double share = 1e-3;
  const auto reference = read_reference_parameters(golden.expected / (name + "_paramswarm.csv"));
  REQUIRE(ours.fit.fit.found);
  for (const std::string parameter : {"f", "A", "s", "E0"}) {
    const double unit = parameter == "A" ? scale : 1.0;
    const Uncertain expected{reference.at(parameter).value * unit, reference.at(parameter).error * unit};
    const Uncertain value = ours.fit.fit.parameter(parameter);
    check_value(name + " " + parameter, value.value, expected.value, share * expected.error);
    check_value(name + " u" + parameter, value.error, expected.error, 1e-4 * expected.error);
  }

  // The reference takes off the mean baseline truncated to an integer, and that over all pixels; we, the mean over the
  // pixels that contribute.
  const PixelSelection live = asic_pixels(golden.cube, PixelGroup::all, BaselineMode::after);
  const double baseline = mean_baseline(*golden.cube.baseline, live);
  check_value("mean baseline", baseline, 1425.4978, 1e-4);
  const double expected = reference.at("target").value + 1425.0 - baseline;
  check_value(name + " target", ours.target.value, expected, share * reference.at("E0").error);
  check_value(name + " utarget", ours.target.error, reference.at("target").error, 1e-4);

  const double pairs = 5900.0 / 3.69;
  check_value("K " + name, ours.gain.value, pairs / expected, share * reference.at("E0").error);
  const double error = pairs / expected * std::hypot(0.11 / 3.69, reference.at("target").error / expected);
  check_value("uK " + name, ours.gain.error, error, 1e-5);
}

/// The reference misses some 40 pixels that can be fitted, and ends in a wrong minimum in 80 others.
PixelSelection reference_good(const Golden& golden) {
  const auto fit_type = read_reference_matrix(golden.expected / "Fittypematrix_ST_32s760ms_warm.csv");
  PixelSelection selected;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) selected[pixel] = fit_type[pixel] == 1.0 ? 1 : 0;
  return selected;
}

/// Undefined where the reference wrote 0.
PixelMatrix<double> reference_values(const Golden& golden, const std::string& name) {
  auto values = read_reference_matrix(golden.expected / (name + "_ST_32s760ms_warm.csv"));
  for (double& value : values) value = value == 0.0 ? undefined : value;
  return values;
}

AsicCalibration asic_good_of_reference(const Golden& golden) {
  const ScanSettings& scan = golden.dataset.scan("warm");
  const FluxModel& model = ModelRegistry::instance().get("F1_0");
  ScanFit fit = golden.fit;
  fit.asic_good.curve = mean_curve(golden.cube, reference_good(golden), BaselineMode::after, undefined);
  fit.asic_good.fit = fit_curve(fit.asic_good.curve, CurveEnds::trim_zeros, model, start_values(scan.initial, model),
                                "gsl", Covariance::scaled);
  return calibrate(fit, golden.dataset.source, BaselineUncertainty::width).asic_good;
}

}  // namespace

void check_asic(const Golden& golden) {
  check_curve(golden, "ASIC", golden.calibration.asic, per_live_pixel);
  check_curve(golden, "ASICgood", asic_good_of_reference(golden), 1.0);
}

void check_means(const Golden& golden) {
  const auto row = read_reference_row(golden.expected / "results_collection.csv");
  const auto expected = [&](const char* column) { return std::stod(row.at(column)); };
  const PixelMeans& target = golden.calibration.target_means;
  const PixelMeans& gain = golden.calibration.gain_means;
  // Good pixels of ours and of the reference differ in some 120 of 27,000: far less than the means' standard errors.
  check_value("target mean", target.mean, expected("targetmean"), 0.5 * target.mean_error);
  check_value("K mean", gain.mean, expected("Kmean"), 0.5 * gain.mean_error);

  // The definitions: our means of the reference's own matrices are the reference's, but for the matrices' 9 digits.
  const PixelMeans targets = pixel_means(reference_values(golden, "targetmatrix"));
  const PixelMeans gains = pixel_means(reference_values(golden, "K_matrix"));
  check_value("targetmean", targets.mean, expected("targetmean"), 1e-7);
  check_value("utargetmean", targets.standard_deviation, expected("utargetmean"), 1e-7);
  check_value("Kmean", gains.mean, expected("Kmean"), 1e-8);
  check_value("Kstd", gains.standard_deviation, expected("Kstd"), 1e-8);
  check_value("uKmean", gains.mean_error, expected("uKmean"), 1e-10);
}

}  // namespace velocal::test
