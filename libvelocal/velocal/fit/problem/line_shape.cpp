// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/line_shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "velocal/fit/problem/statistic.hpp"

namespace velocal {
namespace {

/// Width of a typical pixel's line [DAC]; a pixel's own takes its place as soon as it is known.
constexpr double typical_width = 4.5;
/// The plateau is taken to end at line - reach * width, where the smeared step has lost 1.4 %. A longer one has more
/// points to tell its slope from, and saves evaluations, until the step's rounded edge looks like a shelf.
constexpr double reach = 2.2;
/// Share of the flux that is step, at least: few counts can make a slope look steeper than any is.
constexpr double smallest_step = 0.45;
/// Share of shelf in the flux at one width below the line that a shelf of slope 0 is given: within the domain, no more.
constexpr double smallest_shelf = 1e-4;

/// Rate at each point and the threshold interval that it stands for.
class Rates {
 public:
  explicit Rates(const FitProblem& problem) : problem_(problem) {}

  std::size_t size() const { return problem_.points(); }
  double threshold(std::size_t i) const { return problem_.threshold[i]; }
  double rate(std::size_t i) const { return problem_.statistic.rate(problem_, i); }
  double lower_edge(std::size_t i) const {
    if (size() == 1) return threshold(0) - 0.5;
    return i > 0 ? 0.5 * (threshold(i - 1) + threshold(i)) : threshold(0) - 0.5 * (threshold(1) - threshold(0));
  }
  double upper_edge(std::size_t i) const {
    if (i + 1 < size()) return lower_edge(i + 1);
    return threshold(i) + (threshold(i) - lower_edge(i));
  }
  double area(std::size_t i) const { return rate(i) * (upper_edge(i) - lower_edge(i)); }

 private:
  const FitProblem& problem_;
};

/// A step without shelf that begins at the first threshold has its hits' mean half-way to the line.
double line_from_mean(const Rates& rates) {
  double area = 0.0;
  double moment = 0.0;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    area += rates.area(i);
    moment += rates.area(i) * rates.threshold(i);
  }
  const double begin = rates.lower_edge(0);
  const double end = rates.upper_edge(rates.size() - 1);
  const double line = area > 0.0 ? 2.0 * moment / area - begin : 0.5 * (begin + end);
  return std::clamp(line, begin + 0.1 * (end - begin), end - 0.05 * (end - begin));
}

/// Height at `at` and fall per DAC (>= 0) of the straight line through the rates below `at`.
struct Plateau {
  double height;
  double slope;
};

Plateau plateau_below(const Rates& rates, double at) {
  double n = 0.0, t = 0.0, r = 0.0, tt = 0.0, tr = 0.0;
  for (std::size_t i = 0; i < rates.size() && (rates.threshold(i) <= at || i < 3); ++i) {
    const double x = rates.threshold(i) - at;
    n += 1.0;
    t += x;
    r += rates.rate(i);
    tt += x * x;
    tr += x * rates.rate(i);
  }
  const double spread = n * tt - t * t;
  const double slope = spread > 0.0 ? -(n * tr - t * r) / spread : 0.0;
  if (slope <= 0.0) return {r / n, 0.0};
  return {(r + slope * t) / n, slope};
}

double area_above(const Rates& rates, double at) {
  double area = 0.0;
  for (std::size_t i = rates.size(); i-- > 0 && rates.upper_edge(i) > at;) {
    area += rates.rate(i) * (rates.upper_edge(i) - std::max(at, rates.lower_edge(i)));
  }
  return area;
}

/// Smeared by the width w, the step has the area step * w/sqrt(2 pi) above the line, and the shelf slope * w^2/8.
double width_from_tail(double area, const LineShape& shape) {
  const double linear = shape.step / std::sqrt(2.0 * std::numbers::pi);
  const double positive_area = std::max(0.0, area);
  return 2.0 * positive_area / (linear + std::sqrt(linear * linear + 0.5 * shape.slope * positive_area));
}

}  // namespace

LineShape estimate_line_shape(const FitProblem& problem) {
  const Rates rates(problem);
  const double begin = rates.lower_edge(0);
  const double end = rates.upper_edge(rates.size() - 1);
  LineShape shape{line_from_mean(rates), typical_width, 0.0, 0.0};
  for (int pass = 0; pass < 2; ++pass) {
    const double foot = std::max(begin, shape.line - reach * shape.width);
    const Plateau plateau = plateau_below(rates, foot);
    if (!(plateau.height > 0.0)) break;
    // The step is as high at the line as the plateau extrapolated there; the area above the foot, a trapezium, gives
    // the line.
    shape.slope = plateau.slope;
    const double h = plateau.height;
    const double area = area_above(rates, foot);
    const double step = std::sqrt(std::max(0.0, h * h - 2.0 * plateau.slope * area));
    const double distance = 2.0 * area / (h + std::max(step, smallest_step * h));
    shape.line = std::clamp(foot + distance, begin, end);
    shape.step = std::max(h - plateau.slope * (shape.line - foot), 0.1 * h);
    shape.width =
        std::clamp(width_from_tail(area_above(rates, shape.line), shape), 0.3 * typical_width, 3.0 * typical_width);
  }
  if (!(shape.step > 0.0)) shape.step = std::max(area_above(rates, begin) / (end - begin), 1e-9);
  shape.slope = std::max(shape.slope, smallest_shelf * shape.step / shape.width);
  return shape;
}

}  // namespace velocal
