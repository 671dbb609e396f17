// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "velocal/core/simd_level.hpp"

namespace velocal::diffusion {

/// y = theta - c^2/(theta + d) + c^2/d: seven times as steep at the baseline as far from it.
inline constexpr double map_c = 0.05;
inline constexpr double map_d = 0.02;

/// The part of the table, 4 x 4 rows along y, that matters at one sigma and s; and how a threshold [DAC above the
/// baseline] becomes a place along it.
struct DiffusionPatch {
  static constexpr std::size_t most_coefficients = 6144;  ///< along y

  const double* rows;
  std::size_t sigma_stride;
  std::size_t rho_stride;
  double last_place;    ///< of the last knot
  double inverse_E0;    ///< 1/E0 [1/DAC]
  double places_per_y;  ///< knots per unit of y
  double sigma_weights[4];
  double sigma_slopes[4];  ///< derivatives by sigma [1/um]
  double rho_weights[4];
  double s_slopes[4];  ///< derivatives by s [1/DAC]
  double E0_per_s;     ///< what a unit of dF/ds gives of dF/dE0
};

/// F at n thresholds compiled for one SIMD level; gradient[k * n + i] by R, sigma, s, E0.
struct DiffusionKernel {
  void (*flux)(const DiffusionPatch& patch, double R, const double* threshold, std::size_t n, double* flux);
  void (*flux_and_gradient)(const DiffusionPatch& patch, double R, const double* threshold, std::size_t n, double* flux,
                            double* gradient);
};

DiffusionKernel diffusion_kernel(SimdLevel level);

}  // namespace velocal::diffusion
