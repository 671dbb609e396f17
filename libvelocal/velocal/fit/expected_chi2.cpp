// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/expected_chi2.hpp"

#include <map>

#include "velocal/core/quantity.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/curves/curve_fitter.hpp"
#include "velocal/fit/curves/dispersion.hpp"
#include "velocal/fit/inference/goodness_of_fit.hpp"
#include "velocal/fit/line_origins.hpp"
#include "velocal/fit/problem/curve_points.hpp"

namespace velocal {
namespace {

constexpr std::size_t most_sampled_for_chi2 = 1000;

/// Adds the probability of each bin of chi2/ndf.
void add_probabilities(std::span<const double> edges, const ShiftedGamma& chi2, int ndf, double weight,
                       std::vector<double>& bins) {
  double low = chi2.probability_below(edges.front() * ndf);
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    const double high = chi2.probability_below(edges[bin + 1] * ndf);
    bins[bin] += weight * (high - low);
    low = high;
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

std::vector<double> expected_of_ndf(const ScanFit& fit, std::span<const double> edges) {
  std::vector<double> bins(edges.size() - 1, 0.0);
  for (const auto& [ndf, pixels] : converged_by_ndf(fit.pixels)) {
    add_probabilities(edges, gamma_of(chi_square_cumulants(ndf)), ndf, pixels, bins);
  }
  return bins;
}

std::vector<std::size_t> sampled_pixels(const PixelFits& fits) {
  std::vector<std::size_t> good, sampled;
  for (std::size_t pixel = 0; pixel < fits.status.size(); ++pixel) {
    if (fits.good(pixel)) good.push_back(pixel);
  }
  const std::size_t stride = good.size() / most_sampled_for_chi2 + 1;
  for (std::size_t i = 0; i < good.size(); i += stride) sampled.push_back(good[i]);
  return sampled;
}

std::vector<double> expected_of_fits(const ScanFit& fit, const FluxCube& cube, std::span<const double> edges) {
  require_consistent(cube, fit.settings);
  const auto model = model_of(fit);
  const auto origins = origins_of(fit, *model);
  const Statistic& statistic = StatisticRegistry::instance().get(fit.settings.statistic);
  const ChipCurves pixels(cube, fit.group, fit.settings.baseline, model->above_baseline());
  CurvePoints points(pixels.curves(), statistic, fit.settings.max_zero_fraction);
  CurveFitter fitter(*model, fit.engine, points.max_points());
  std::vector<double> bins(edges.size() - 1, 0.0);
  double sampled = 0.0;
  for (const std::size_t pixel : sampled_pixels(fit.pixels)) {
    if (points.load(pixel) != StatusReason::none) continue;
    std::vector<double> parameters;
    for (const ParameterMap& map : fit.pixels.parameters) parameters.push_back(map.value[pixel]);
    const FitProblem problem = points.problem(*model, fit.background);
    if (origins) parameters[model->index_of(quantity::line)] -= origins->of_pixel(pixel);
    if (fitter(problem, parameters).failure != StatusReason::none) continue;
    const ShiftedGamma chi2 = gamma_of(statistic.chi2_cumulants(problem, fitter.fitted()));
    if (!(chi2.shape > 0.0) || !(chi2.scale > 0.0)) continue;
    add_probabilities(edges, chi2, fit.pixels.ndf[pixel], 1.0, bins);
    sampled += 1.0;
  }
  if (sampled == 0.0) return {};
  double converged = 0.0;
  for (const auto& [ndf, count] : converged_by_ndf(fit.pixels)) converged += count;
  for (double& bin : bins) bin *= converged / sampled;
  return bins;
}

}  // namespace

std::vector<double> expected_chi2(const ScanFit& fit, const FluxCube* flux, std::span<const double> edges) {
  const Statistic& statistic = StatisticRegistry::instance().get(fit.settings.statistic);
  std::vector<double> without_dispersion(edges.begin(), edges.end());
  for (double& edge : without_dispersion) edge /= dispersion_factor(fit.settings.covariance, fit.dispersion);
  if (statistic.follows_chi_square()) return expected_of_ndf(fit, without_dispersion);
  return flux == nullptr ? std::vector<double>{} : expected_of_fits(fit, *flux, without_dispersion);
}

}  // namespace velocal
