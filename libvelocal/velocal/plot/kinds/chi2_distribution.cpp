// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/chi2_distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <cmath>
#include <map>

#include "velocal/core/histogram.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/inference/goodness_of_fit.hpp"
#include "velocal/fit/pixel_fitter.hpp"
#include "velocal/model/model_registry.hpp"
#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

constexpr std::size_t most_sampled = 1000;

/// Adds the probability of each bin.
template <class Cdf>
void add_probabilities(std::span<const double> edges, double weight, std::vector<double>& bins, const Cdf& cdf) {
  double below = cdf(edges.front());
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    const double above = cdf(edges[bin + 1]);
    bins[bin] += weight * (above - below);
    below = above;
  }
}

/// Pixels whose fit converged, by their ndf.
std::map<int, double> converged_by_ndf(const PixelFits& fits) {
  std::map<int, double> pixels;
  for (const int ndf : fits.ndf) {
    if (ndf > 0) pixels[ndf] += 1.0;
  }
  return pixels;
}

std::vector<double> expected_neyman(const ScanFit& fit, std::span<const double> edges) {
  std::vector<double> bins(edges.size() - 1, 0.0);
  for (const auto& [ndf, pixels] : converged_by_ndf(fit.pixels)) {
    const boost::math::chi_squared distribution(ndf);
    add_probabilities(edges, pixels, bins, [&](double x) { return x > 0.0 ? cdf(distribution, x * ndf) : 0.0; });
  }
  return bins;
}

/// A gamma distribution that begins at `origin`, with the first three cumulants of the likelihood chi-square.
struct LikelihoodChi2 {
  double origin;
  double shape;
  double scale;
};

LikelihoodChi2 likelihood_chi2(const FitProblem& problem, std::span<const double> parameters) {
  std::vector<double> flux(problem.points()), gradient(problem.points() * parameters.size());
  problem.model.flux_and_gradient(parameters, problem.threshold, flux, gradient);
  NormalEquations at_minimum;
  set_normal_equations(problem, flux, gradient, at_minimum);
  const auto covariance = parameter_covariance(at_minimum.normal, parameters.size());
  if (!covariance) return {};
  const auto [mean, variance, third] = likelihood_chi2_cumulants(problem, flux, gradient, *covariance);
  const double shape = 4.0 * variance * variance * variance / (third * third);
  const double scale = third / (2.0 * variance);
  return {mean - shape * scale, shape, scale};
}

std::vector<double> expected_poisson(const ScanFit& fit, const FluxCube& cube, std::span<const double> edges) {
  std::vector<std::size_t> good;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (fit.pixels.good(pixel)) good.push_back(pixel);
  }
  const std::size_t stride = good.size() / most_sampled + 1;
  const FluxModel& model = ModelRegistry::instance().get(fit.settings.model);
  PixelPoints points(cube, fit.settings);
  std::vector<double> bins(edges.size() - 1, 0.0);
  double sampled = 0.0;
  for (std::size_t i = 0; i < good.size(); i += stride) {
    const std::size_t pixel = good[i];
    if (points.load(pixel, baseline_shift(cube, fit.settings.baseline, pixel)) != StatusReason::none) continue;
    std::vector<double> parameters;
    for (const ParameterMap& map : fit.pixels.parameters) parameters.push_back(map.value[pixel]);
    const LikelihoodChi2 chi2 = likelihood_chi2(points.problem(model, fit.background), parameters);
    if (!(chi2.shape > 0.0) || !(chi2.scale > 0.0)) continue;
    const boost::math::gamma_distribution<> gamma(chi2.shape, chi2.scale);
    const int ndf = fit.pixels.ndf[pixel];
    add_probabilities(edges, 1.0, bins, [&](double x) {
      const double place = x * ndf - chi2.origin;
      return place > 0.0 ? cdf(gamma, place) : 0.0;
    });
    sampled += 1.0;
  }
  double converged = 0.0;
  for (const auto& [ndf, pixels] : converged_by_ndf(fit.pixels)) converged += pixels;
  for (double& bin : bins) bin *= converged / sampled;
  return sampled > 0.0 ? bins : std::vector<double>{};
}

}  // namespace

std::vector<double> expected_chi2(const ScanFit& fit, const FluxCube* flux, std::span<const double> edges) {
  if (fit.settings.statistic == Statistic::neyman) return expected_neyman(fit, edges);
  return flux == nullptr ? std::vector<double>{} : expected_poisson(fit, *flux, edges);
}

Panel chi2_panel(const PlottedScan& scan, const Figure& figure, Panel panel) {
  const PixelFits& fits = scan.fit->pixels;
  const PixelQuantity quantity = find_quantity(scan, quantity::chi2_ndf);
  std::vector<double> good;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (fits.good(pixel) && std::isfinite(quantity.value[pixel])) good.push_back(quantity.value[pixel]);
  }
  const std::vector<double> all = finite_values(quantity.value.values());
  const Histogram bins = histogram(all);
  const Histogram good_bins = histogram_like(bins, good);
  const std::vector<double> expected = expected_chi2(*scan.fit, scan.flux, bins.edges);
  const Colour colour = style::scan_colour(scan.label);
  panel.x = {quantity.symbol, bins.edges.front(), bins.edges.back()};
  panel.y.label = style::bin_label(bins.width(), "");
  std::vector<std::string> legend{fmt::format("{} fits converged", all.size())};
  if (bins.outside > 0) legend.push_back(fmt::format("{} beyond the axis", bins.outside));
  panel.layers = {
      style::steps(bins, {style::grey, 1.0}, style::light_grey, legend),
      style::steps(good_bins, {colour, 1.0}, style::lighter(colour), {fmt::format("{} of them good", good.size())})};
  double highest = bins.highest();
  if (!expected.empty()) {
    highest = std::max(highest, *std::ranges::max_element(expected));
    Curve curve{.x = {}, .y = expected, .stroke = {style::black, 1.6}};
    for (std::size_t bin = 0; bin < expected.size(); ++bin) {
      curve.x.push_back(0.5 * (bins.edges[bin] + bins.edges[bin + 1]));
    }
    panel.layers.push_back({std::move(curve), {"expected"}});
  }
  style::leave_room(panel, figure, highest);
  return panel;
}

}  // namespace velocal
