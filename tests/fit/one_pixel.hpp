// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <catch2/catch.hpp>
#include <cmath>

#include "support/pixel_cube.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/fit/fit_scan.hpp"

namespace velocal::test {

/// F1_0's f, A, s, E0 of a pixel, and the thresholds of a full scan.
inline const std::vector<double> truth{4e-4, 10.0, 4.5, 1548.0};
inline const std::vector<int> full_range = threshold_range(1480, 1600);

/// One pixel and what becomes of it.
struct Outcome {
  PixelStatus status;
  StatusReason reason;
  ScanFit fit;
};

/// Fit settings and start values as in the descriptors; a test changes what it needs.
struct Setup {
  Setup() { scan.initial = {{"f", 0.0009}, {"A", 8.0}, {"s", 12.0}, {"E0", 1551.0}}; }

  Outcome fit(const FluxCube& cube, std::size_t pixel = 775) const {
    ScanFit result = fit_scan(cube, scan, settings, options);
    return {result.pixels.status_of(pixel), static_cast<StatusReason>(result.pixels.reason[pixel]), std::move(result)};
  }
  /// Fits one pixel of these counts, 262 s a threshold.
  Outcome fit(const std::vector<int>& thresholds, const std::vector<std::uint32_t>& counts) const {
    FluxCube cube = masked_cube(thresholds, 262.0);
    set_pixel(cube, 775, counts);
    return fit(cube);
  }

  ScanSettings scan = one_line_scan();
  FitSettings settings = reference_settings();
  FitOptions options;
};

inline std::vector<std::uint32_t> counts_of(const std::vector<int>& thresholds, const std::vector<double>& parameters) {
  return rounded(expected_counts(masked_cube(thresholds, 262.0), "F1_0", parameters));
}

inline bool is(const Outcome& outcome, PixelStatus status, StatusReason reason) {
  UNSCOPED_INFO("status " << static_cast<int>(outcome.status) << ", "
                          << status_reason_names[static_cast<std::size_t>(outcome.reason)]);
  return outcome.status == status && outcome.reason == reason;
}

}  // namespace velocal::test
