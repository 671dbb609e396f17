// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/diffusion_table.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/model/cubic_spline_weights.hpp"
#include "velocal/model/shared_charge.hpp"

namespace velocal::diffusion {
namespace {

/// Where x >= 0 lies among the cells of a spline.
struct Place {
  Place(double x, std::size_t cells)
      : cell(std::min(static_cast<std::size_t>(x), cells - 1)), after(std::min(x - static_cast<double>(cell), 1.0)) {}
  std::size_t cell;
  double after;
};

void set(const std::array<double, 4>& weights, double factor, double* to) {
  for (std::size_t i = 0; i < 4; ++i) to[i] = weights[i] * factor;
}

/// The derivative of an even spline by its variable, over the variable in steps: also at 0, where both are 0.
std::array<double, 4> slopes_over_place(const Place& place) {
  const double x = place.after;
  if (place.cell == 0) return {0.0, 1.5 * x - 2.0, 2.0 - 2.0 * x, 0.5 * x};
  std::array<double, 4> slopes = spline_slopes(x);
  for (double& slope : slopes) slope /= static_cast<double>(place.cell) + x;
  return slopes;
}

}  // namespace

DiffusionPatch DiffusionTable::patch(double sigma_um, double s, double E0) const {
  DiffusionPatch patch{};
  const double positive_E0 = std::max(E0, 1e-3);
  set_rho_weights(std::clamp(s / positive_E0, 0.0, largest_noise), s, positive_E0, patch);
  const double inside = std::clamp(sigma_um, 0.0, largest_sigma_um);
  const Place place(WidthScale::at(inside), sigma_knots - 1);
  patch.rows += place.cell * patch.sigma_stride;
  set(spline_weights(place.after), 1.0, patch.sigma_weights);
  set(spline_slopes(place.after), inside == sigma_um ? WidthScale::slope(inside) : 0.0, patch.sigma_slopes);
  patch.inverse_E0 = 1.0 / positive_E0;
  return patch;
}

/// Where s is less than half of Fano's width, its derivative is 2 dF/d(s^2) times that half, not times s: at s = 0 the
/// true derivative, 0, would tell a fit that nothing is known about s.
void DiffusionTable::set_rho_weights(double noise, double s, double E0, DiffusionPatch& patch) const {
  const double ratio = noise / noise_unit_;
  const double rho = std::asinh(ratio);
  const Place place(rho / rho_step, level_of_cell_.size());
  const Level& level = levels_[level_of_cell_[place.cell]];
  patch.rows = &coefficients_[level.begin + (place.cell - level.first_row) * level.count];
  patch.rho_stride = level.count;
  patch.sigma_stride = level.rows * level.count;
  patch.last_place = static_cast<double>(level.count - 3);
  patch.places_per_y = 1.0 / level.spacing;
  set(spline_weights(place.after), 1.0, patch.rho_weights);
  if (noise * E0 != s && std::abs(noise * E0 - s) > 1e-9 * std::abs(s)) return;  // outside the table
  const double raised = std::max(ratio, 0.5 * fano_width_ / noise_unit_);
  const double rho_per_ratio = ratio > 0.0 ? rho / ratio : 1.0;
  const double slope_of_rho = 1.0 / (E0 * noise_unit_ * std::sqrt(1.0 + ratio * ratio));  // by s
  set(slopes_over_place(place), raised * rho_per_ratio / (rho_step * rho_step) * slope_of_rho, patch.s_slopes);
  patch.E0_per_s = -noise * ratio / raised;
}

}  // namespace velocal::diffusion
