// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/shared_charge.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace velocal::diffusion {
namespace {

double normal(double w) {
  return 0.5 * std::erfc(-w / std::numbers::sqrt2);
}

double normal_density(double w) {
  return std::exp(-0.5 * w * w) * (std::numbers::inv_sqrtpi / std::numbers::sqrt2);
}

/// Nodes in (0, 1) and weights of Gauss and Legendre's quadrature.
template <std::size_t n>
struct Quadrature {
  std::array<double, n> node;
  std::array<double, n> weight;

  Quadrature() {
    for (std::size_t i = 0; i < n; ++i) {
      double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (static_cast<double>(n) + 0.5));
      double slope = 0.0;
      for (int pass = 0; pass < 6; ++pass) {
        double before = 1.0, value = x;
        for (std::size_t k = 2; k <= n; ++k) {
          const auto order = static_cast<double>(k);
          before = std::exchange(value, ((2.0 * order - 1.0) * x * value - (order - 1.0) * before) / order);
        }
        slope = static_cast<double>(n) * (x * value - before) / (x * x - 1.0);
        x -= value / slope;
      }
      node[i] = 0.5 * (1.0 + x);
      weight[i] = 1.0 / ((1.0 - x * x) * slope * slope);
    }
  }
};

/// Share of a cloud of width r that falls between two edges a pitch apart, x >= 0 off their middle.
class SharedAlong {
 public:
  explicit SharedAlong(double r) : r_(r), most_(at(0.0)) {}

  double at(double x) const { return normal((0.5 - x) / r_) - normal(-(0.5 + x) / r_); }
  double most() const { return most_; }

  /// The x with at(x) = share; 0 when none is as large. Newton's method for the logarithm, which is concave.
  double where(double share, double guess) const {
    if (share >= most_) return 0.0;
    double x = guess;
    for (int pass = 0; pass < 40; ++pass) {
      const double value = at(x);
      const double slope = (normal_density((0.5 + x) / r_) - normal_density((0.5 - x) / r_)) / r_;
      const double move = std::log(share / value) * value / slope;
      x = std::max(x + std::clamp(move, -2.0 * r_, 2.0 * r_), 1e-3 * x);
      if (std::abs(move) < 1e-5 * r_) break;
    }
    return x;
  }

 private:
  double r_;
  double most_;
};

}  // namespace

double DepthProfile::density(double v) const {
  const double depths = thickness_um / attenuation_um;
  const double depth = from_back ? 1.0 - v : v;  // of the thickness, from where light enters
  return depths * std::exp(-depths * depth) / -std::expm1(-depths);
}

double area_above(double u, double r) {
  if (r <= 0.0) return 1.0;
  static const Quadrature<16> quadrature;
  const SharedAlong along(r);
  if (u >= along.most() * along.most()) return 0.0;
  // The region g(x) g(y) > u is symmetric: a quarter of it is a square up to its edge on the diagonal, and twice what
  // lies beyond. That is as high at all x that are farther than `reach` from the square's edge.
  const double root = std::sqrt(u);
  const double edge = along.where(root, 0.5);
  const double reach = std::min(edge, std::max(0.0, edge - 0.5 + 6.5 * r));
  double y = edge;
  double beyond = 0.0;
  for (std::size_t i = 0; i < quadrature.node.size(); ++i) {
    const double x = edge - reach * quadrature.node[quadrature.node.size() - 1 - i];
    y = along.where(u / along.at(x), y);
    beyond += reach * quadrature.weight[quadrature.node.size() - 1 - i] * (y - edge);
  }
  if (reach < edge) beyond += (edge - reach) * (along.where(u / along.at(0.0), y) - edge);
  return 4.0 * (edge * edge + 2.0 * beyond);
}

namespace {

/// Widths computed for each one used.
constexpr int per_column = 4;

/// Weights of Lagrange's cubic through the nodes -1, 0, 1, 2.
std::array<double, 4> cubic_weights(double x) {
  return {-x * (x - 1.0) * (x - 2.0) / 6.0, (x * x - 1.0) * (x - 2.0) / 2.0, -x * (x + 1.0) * (x - 2.0) / 2.0,
          x * (x * x - 1.0) / 6.0};
}

/// Calls add(node, weight) for the nodes 0 ... nodes - 1 between which it interpolates at position x.
void interpolate(double x, Eigen::Index nodes, auto add) {
  const auto cell = std::clamp<Eigen::Index>(static_cast<Eigen::Index>(x), 1, nodes - 3);
  const auto weights = cubic_weights(x - static_cast<double>(cell));
  for (std::size_t i = 0; i < 4; ++i) add(cell - 1 + static_cast<Eigen::Index>(i), weights[i]);
}

/// The w with normal(w) = u, from a guess.
double inverse_normal(double u, double w) {
  for (int pass = 0; pass < 20; ++pass) {
    const double value = normal(w);
    const double move = std::log(u / value) * value / normal_density(w);
    w += std::clamp(move, -1.0, 1.0);
    if (std::abs(move) < 1e-6) break;
  }
  return w;
}

/// area_above() at all shares of the grid. It ends at the largest share that is collected, with a kink: it is computed
/// at multiples of that, and smooth between them.
Eigen::VectorXd areas_above(const ShareGrid& grid, double r) {
  constexpr double step = 0.125;
  constexpr Eigen::Index nodes = 105;
  const double most = SharedAlong(std::max(r, 1e-3)).most();
  Eigen::VectorXd computed(nodes);
  for (Eigen::Index i = 0; i < nodes; ++i) {
    computed[i] = area_above(most * most * normal(ShareGrid::first + static_cast<double>(i) * step), r);
  }
  Eigen::VectorXd areas = Eigen::VectorXd::Zero(grid.count());
  double w = ShareGrid::first;
  for (Eigen::Index m = 0; m < areas.size(); ++m) {
    const double u = normal(grid.at(m)) / (most * most);
    if (u >= 1.0) break;
    w = inverse_normal(u, w);
    const double position = (w - ShareGrid::first) / step;
    if (position > static_cast<double>(nodes - 1)) break;
    interpolate(position, nodes, [&](Eigen::Index i, double weight) { areas[m] += weight * computed[i]; });
  }
  return areas;
}

}  // namespace

double WidthScale::inverse(double number) {
  double um = std::min(number, 20.0);
  for (int pass = 0; pass < 30; ++pass) um -= (at(um) - number) / slope(um);
  return um;
}

SharedCharge::SharedCharge(double pitch_um, const ShareGrid& grid, Eigen::Index columns)
    : columns_(columns), areas_(grid.count(), per_column * (columns - 1) + 2) {
  for (Eigen::Index k = 0; k < areas_.cols(); ++k) {
    areas_.col(k) = areas_above(grid, WidthScale::inverse(static_cast<double>(k) / per_column) / pitch_um);
  }
}

/// A cloud that drifts the share v has sqrt(v) of the whole width: the integral over v, in q = sqrt(v).
Eigen::MatrixXd SharedCharge::over_depths(const DepthProfile& profile) const {
  static const Quadrature<8> quadrature;
  constexpr int panels = 60;
  std::vector<double> width;  // um
  for (Eigen::Index column = 0; column < columns_; ++column) {
    width.push_back(WidthScale::inverse(static_cast<double>(column)));
  }
  Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(areas_.cols(), columns_);
  for (int panel = 0; panel < panels; ++panel) {
    for (std::size_t i = 0; i < quadrature.node.size(); ++i) {
      const double q = (panel + quadrature.node[i]) / panels;
      const double share = quadrature.weight[i] / panels * 2.0 * q * profile.density(q * q);
      for (Eigen::Index column = 0; column < columns_; ++column) {
        interpolate(WidthScale::at(q * width[static_cast<std::size_t>(column)]) * per_column, areas_.cols(),
                    [&](Eigen::Index row, double weight) { weights(row, column) += share * weight; });
      }
    }
  }
  return areas_ * weights;
}

}  // namespace velocal::diffusion
