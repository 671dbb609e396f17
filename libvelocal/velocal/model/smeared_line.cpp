// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/smeared_line.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace velocal::diffusion {
namespace {

/// Fano's factor of silicon, 0.119 +- 0.002 at 5.9 keV: Rodrigues et al., NIM A 1010 (2021) 165511, arXiv:2004.11499.
constexpr double fano_factor = 0.119;
/// Beyond as many widths from the threshold, 1e-13 is left of a Gaussian.
constexpr double reach = 7.5;

double normal_density(double w) {
  return std::exp(-0.5 * w * w) * (std::numbers::inv_sqrtpi / std::numbers::sqrt2);
}

/// Fano's variance of the full signal, over the square of the line's own target.
double fano_variance(const PhotonLine& line, double pairs_of_first_line) {
  return fano_factor * line.pairs / std::pow(pairs_of_first_line * line.energy_ratio, 2);
}

}  // namespace

/// The trapezoidal rule needs nodes no farther apart than the width, sqrt(u) of that at u = 1; du/dw over sqrt(u) is
/// 0.64 at most.
ShareGrid SmearedLine::grid_for(const PhotonLine& line, double pairs_of_first_line) {
  return ShareGrid(std::sqrt(fano_variance(line, pairs_of_first_line)) / 0.64);
}

SmearedLine::SmearedLine(const PhotonLine& line, double pairs_of_first_line, const ShareGrid& grid, Rows charge)
    : share_(line.share),
      energy_(line.energy_ratio),
      fano_(fano_variance(line, pairs_of_first_line)),
      charge_(std::move(charge)),
      u_(grid.count()),
      weight_(grid.count()) {
  for (Eigen::Index m = 0; m < grid.count(); ++m) {
    const double w = grid.at(m);
    u_[m] = 0.5 * std::erfc(-w / std::numbers::sqrt2);
    weight_[m] = normal_density(w) * grid.step();
  }
}

double SmearedLine::fano_width() const {
  return std::sqrt(fano_) * energy_;
}

/// The trapezoidal rule over w takes every second node where these are closer than a width of the smearing all along:
/// the integral of a Gaussian is then right to 1e-8. Wider steps would not follow the distribution itself.
void SmearedLine::set_noise(double noise) {
  variance_ = noise * noise / (energy_ * energy_);
  const auto step_over_width = weight_.array() / (variance_ + fano_ * u_.array()).sqrt();
  stride_ = 2.0 * step_over_width.maxCoeff() < 1.0 ? 2 : 1;
}

/// Integrated by parts: the area from which more than u is collected, times the derivative by u of the chance that a
/// signal u passes the threshold. What passes it with u = 0 is thus subtracted.
void SmearedLine::add_flux(double theta, Eigen::Ref<Eigen::RowVectorXd, 0, Eigen::InnerStride<1>> row) const {
  const double at = theta / energy_;
  const double width_at = std::sqrt(variance_ + fano_ * std::max(at, 0.0));
  // Above, the width grows with u: where (u - at)^2 = reach^2 (width_at^2 + fano (u - at)).
  const double b = 0.5 * reach * reach * fano_;
  const double last = at + b + std::sqrt(b * b + reach * reach * width_at * width_at);
  const auto first = std::ranges::lower_bound(u_, at - reach * width_at) - u_.begin();
  for (Eigen::Index m = first / stride_ * stride_; m < u_.size() && u_[m] <= last; m += stride_) {
    const double width = std::sqrt(variance_ + fano_ * u_[m]);
    const double a = (u_[m] - at) / width;
    const double slope = normal_density(a) * (1.0 - 0.5 * a * fano_ / width) / width;
    row += share_ * static_cast<double>(stride_) * weight_[m] * slope * charge_.row(m);
  }
}

}  // namespace velocal::diffusion
