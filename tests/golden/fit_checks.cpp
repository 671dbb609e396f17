// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "golden_checks.hpp"

namespace velocal::test {
namespace {

/// One quantity of ours under the reference's name.
struct Quantity {
  std::string name;
  const PixelMatrix<double>& value;
  const PixelMatrix<double>& error;
};

PixelMatrix<double> matrix(const Golden& golden, const std::string& name) {
  return read_reference_matrix(golden.expected / (name + "_ST_32s760ms_warm.csv"));
}

bool within_1e3(double difference, double expected, double) {
  return std::abs(difference) < 1e-3 * expected;
}

bool line_close(double difference, double, double error) {
  return std::abs(difference) < 0.01 && std::abs(difference) < 1e-2 * error;
}

/// Over the pixels in which both have a value.
void check_quantity(const Golden& golden, const Quantity& ours, bool (*close)(double, double, double)) {
  const auto expected = matrix(golden, ours.name);
  const auto expected_error = matrix(golden, "u" + ours.name);
  Agreement values, errors;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (std::isnan(ours.value[pixel]) || expected[pixel] == 0.0) continue;
    values.add(close(ours.value[pixel] - expected[pixel], expected[pixel], expected_error[pixel]));
    errors.add(std::abs(ours.error[pixel] / expected_error[pixel] - 1.0) < 0.01);
  }
  CHECK(values.all() > 26500);
  const bool is_line = close == line_close;
  require_agreement(ours.name + (is_line ? ", 0.01 DAC and 1e-2 of its error" : ", 1e-3"), values, 99.5);
  require_agreement("u" + ours.name + ", 1 %", errors, 99.5);
}

}  // namespace

void check_pixel_fits(const Golden& golden) {
  const PixelFits& fits = golden.fit.pixels;
  const auto fit_type = matrix(golden, "Fittypematrix");
  Agreement agreement;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    agreement.add(fits.status[pixel] == static_cast<int>(fit_type[pixel]));
  }
  require_agreement("fit type", agreement, 99.5);

  for (const ParameterMap& map : fits.parameters) {
    check_quantity(golden, {map.name + "matrix", map.value, map.error}, map.name == "E0" ? line_close : within_1e3);
  }
  const Calibration& calibration = golden.calibration;
  check_quantity(golden, {"targetmatrix", calibration.target.value, calibration.target.error}, line_close);
  check_quantity(golden, {"K_matrix", calibration.gain.value, calibration.gain.error}, within_1e3);
}

}  // namespace velocal::test
