// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/diffusion_table.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/model/cubic_spline.hpp"
#include "velocal/model/cubic_spline_weights.hpp"
#include "velocal/model/shared_charge.hpp"
#include "velocal/model/smeared_line.hpp"

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

// How the table is made.
namespace {

/// Knots along y to a width of the narrowest line.
constexpr double knots_per_width = 4.0;
/// The table ends, and the flux is 0, as many widths above the last line.
constexpr double reach = 7.5;

double theta_of(double y) {
  const double shifted = y - map_c * map_c / map_d + map_d;
  return 0.5 * (shifted + std::sqrt(shifted * shifted + 4.0 * map_c * map_c)) - map_d;
}

double y_of(double theta) {
  return theta - map_c * map_c / (theta + map_d) + map_c * map_c / map_d;
}

std::vector<SmearedLine> smeared_lines(std::span<const PhotonLine> lines, const Sensor& sensor,
                                       Eigen::Index sigma_knots) {
  ShareGrid grid = SmearedLine::grid_for(lines[0], lines[0].pairs);
  for (const PhotonLine& line : lines) {
    const ShareGrid other = SmearedLine::grid_for(line, lines[0].pairs);
    if (other.step() < grid.step()) grid = other;
  }
  const SharedCharge charge(sensor.pitch_um, grid, sigma_knots);
  std::vector<SmearedLine> smeared;
  for (const PhotonLine& line : lines) {
    const DepthProfile profile{sensor.thickness_um, line.attenuation_um, sensor.illuminated == IlluminatedSide::back};
    const Eigen::MatrixXd along_sigma = charge.over_depths(profile).transpose();
    smeared.emplace_back(line, lines[0].pairs, grid, spline_coefficients(along_sigma).transpose());
  }
  return smeared;
}

/// Every 2^times-th row, as many as asked for; the rest is 0.
Eigen::MatrixXd thinned(const Eigen::MatrixXd& values, std::size_t times, Eigen::Index count) {
  Eigen::MatrixXd thin = Eigen::MatrixXd::Zero(count, values.cols());
  for (Eigen::Index j = 0; j < count && (j << times) < values.rows(); ++j) thin.row(j) = values.row(j << times);
  return thin;
}

/// Values at knots half as far apart, 2^times times.
Eigen::MatrixXd refined_values(const Eigen::MatrixXd& values, std::size_t times, Eigen::Index count) {
  if (times == 0) return values.topRows(count);
  Eigen::MatrixXd coefficients = spline_coefficients(values);
  for (std::size_t i = 0; i < times; ++i) coefficients = refined_spline(coefficients);
  return spline_values(coefficients).topRows(count);
}

}  // namespace

/// Knots along rho and y, and what stands at them.
class DiffusionTable::Builder {
 public:
  Builder(std::span<const PhotonLine> lines, const Sensor& sensor) : lines_(smeared_lines(lines, sensor, sigma_knots)) {
    const auto by_width = [](const SmearedLine& a, const SmearedLine& b) { return a.fano_width() < b.fano_width(); };
    const auto [narrowest, widest] = std::ranges::minmax_element(lines_, by_width);
    fano_width_ = narrowest->fano_width();
    widest_ = widest->fano_width();
    for (const SmearedLine& line : lines_) last_line_ = std::max(last_line_, line.energy_ratio());
    noise_unit_ = noise_units_per_width * fano_width_;
    cells_ = static_cast<std::size_t>(std::ceil(std::asinh(largest_noise / noise_unit_) / rho_step));
    const double finest = static_cast<double>(DiffusionPatch::most_coefficients - 16);
    spacing_ = std::max(fano_width_ / knots_per_width, end(cells_) / finest);
  }

  void build(DiffusionTable& table) {
    table.fano_width_ = fano_width_;
    table.noise_unit_ = noise_unit_;
    for (std::size_t cell = 0; cell < cells_; ++cell) table.level_of_cell_.push_back(level_of_cell(cell));
    set_values();
    set_coefficients_along_rho();
    for (std::size_t level_to_add = 0; level_to_add <= table.level_of_cell_.back(); ++level_to_add)
      add_level(level_to_add, table);
  }

 private:
  double noise(std::size_t knot) const { return noise_unit_ * std::sinh(static_cast<double>(knot) * rho_step); }
  std::size_t level(std::size_t knot) const {
    return static_cast<std::size_t>(std::log2(std::hypot(1.0, noise(knot) / fano_width_)));
  }
  /// The lowest of the four rows that matter.
  std::size_t level_of_cell(std::size_t cell) const { return cell == 0 ? 0 : level(cell - 1); }
  double end(std::size_t knot) const { return y_of(last_line_ + reach * std::hypot(noise(knot), widest_)); }
  double spacing(std::size_t level) const { return spacing_ * static_cast<double>(std::size_t{1} << level); }
  /// Knots along y of a level: up to where the flux of its largest noise ends.
  Eigen::Index count(std::size_t of_level) const {
    std::size_t last = 0;
    while (last < cells_ && level(last) <= of_level) ++last;
    return static_cast<Eigen::Index>(std::ceil(end(std::min(last + 1, cells_)) / spacing(of_level))) + 1;
  }

  void set_values() {
    for (std::size_t knot = 0; knot <= cells_; ++knot) {
      SmearedLine::Rows values = SmearedLine::Rows::Zero(count(level(knot)), sigma_knots + 2);
      for (SmearedLine& line : lines_) {
        line.set_noise(noise(knot));
        for (Eigen::Index j = 0; j < values.rows(); ++j) {
          line.add_flux(theta_of(static_cast<double>(j) * spacing(level(knot))), values.row(j));
        }
      }
      rows_.push_back(values);
    }
  }

  /// As spline_coefficients(), of splines that are even and whose values are rows along y. A row of a higher level
  /// stands at every second knot of the one before it, and is itself a spline between.
  void set_coefficients_along_rho() {
    const std::size_t last = cells_;
    const auto at_level_of = [&](std::size_t row, std::size_t other) {
      const std::size_t to = level(other), from = level(row);
      if (from > to) return refined_values(rows_[row], from - to, rows_[other].rows());
      return thinned(rows_[row], to - from, rows_[other].rows());
    };
    rows_[last] -= (2.0 * rows_[last] - 5.0 * at_level_of(last - 1, last) + 4.0 * at_level_of(last - 2, last) -
                    at_level_of(last - 3, last)) /
                   6.0;
    std::vector<double> ratio{0.5};
    rows_[0] *= 1.5;
    for (std::size_t k = 1; k < last; ++k) {
      ratio.push_back(1.0 / (4.0 - ratio.back()));
      rows_[k] = (6.0 * rows_[k] - at_level_of(k - 1, k)) * ratio.back();
    }
    for (std::size_t k = last; k-- > 0;) rows_[k] -= ratio[k] * at_level_of(k + 1, k);
  }

  /// Coefficients along rho and y: those before the first knot mirror the ones after it, those after the last lie on a
  /// straight line.
  Eigen::MatrixXd coefficients(std::size_t row, std::size_t at_level) const {
    const std::size_t knot = row == 0 ? 1 : std::min(row - 1, cells_);
    Eigen::MatrixXd along_y = spline_coefficients(rows_[knot]);
    for (std::size_t i = level(knot); i > at_level; --i) along_y = refined_spline(along_y);
    return along_y;
  }

  void add_level(std::size_t of_level, DiffusionTable& table) const {
    const auto& levels = table.level_of_cell_;
    const auto [first, last] = std::equal_range(levels.begin(), levels.end(), of_level);
    Level added;
    added.begin = table.coefficients_.size();
    added.first_row = static_cast<std::size_t>(first - levels.begin());
    added.rows = static_cast<std::size_t>(last - first) + 3;
    added.count = static_cast<std::size_t>(count(of_level)) + 2;
    added.spacing = spacing(of_level);
    table.coefficients_.resize(added.begin + static_cast<std::size_t>(sigma_knots + 2) * added.rows * added.count);
    double* to = &table.coefficients_[added.begin];
    for (std::size_t row = 0; row < added.rows; ++row) {
      const Eigen::MatrixXd along_y = coefficients(added.first_row + row, of_level);
      for (Eigen::Index sigma = 0; sigma < along_y.cols(); ++sigma) {
        std::copy_n(along_y.col(sigma).data(), added.count,
                    to + (static_cast<std::size_t>(sigma) * added.rows + row) * added.count);
      }
    }
    table.levels_.push_back(added);
  }

  std::vector<SmearedLine> lines_;
  double fano_width_;
  double widest_;
  double last_line_ = 0.0;
  double noise_unit_;
  std::size_t cells_;  ///< along rho
  double spacing_;     ///< of the first level
  std::vector<Eigen::MatrixXd> rows_;
};

DiffusionTable::DiffusionTable(std::span<const PhotonLine> lines, const Sensor& sensor) {
  Builder(lines, sensor).build(*this);
}

}  // namespace velocal::diffusion
