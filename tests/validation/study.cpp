// SPDX-License-Identifier: GPL-3.0-or-later
#include "study.hpp"

#include <fmt/format.h>

#include <cmath>

namespace velocal::test {
namespace {

constexpr std::array bin_edges{1.0, 5.0, 10.0, 30.0, 100.0, 300.0};

ScanFit fit(const FluxCube& cube, const std::string& model, const std::string& statistic) {
  FitSettings settings = poisson_settings();
  settings.model = model;
  settings.statistic = statistic;
  FitOptions options;
  options.engine = "fast";
  return fit_scan(cube, one_line_scan(), settings, options);
}

/// Height of the photo-peak's step of F1_0 [hits/s].
double step_height(const Population& truth, std::size_t pixel) {
  return (1.0 - truth.truth(pixel, "f")) * truth.truth(pixel, "A") / (std::sqrt(2.0 * M_PI) * truth.truth(pixel, "s"));
}

std::vector<BrightnessBin> empty_bins() {
  std::vector<BrightnessBin> bins;
  for (const std::string& statistic : statistics) {
    for (std::size_t i = 0; i + 1 < bin_edges.size(); ++i) {
      bins.push_back({bin_edges[i], bin_edges[i + 1], statistic, {}});
    }
  }
  return bins;
}

void add_by_brightness(const ScanFit& made, const Population& truth, double live_time_s,
                       std::vector<BrightnessBin>& bins) {
  const UncertainMatrix target = target_matrix(made);
  for (std::size_t pixel = 0; pixel < truth.size(); ++pixel) {
    const double counts = live_time_s * step_height(truth, pixel);
    for (BrightnessBin& bin : bins) {
      const bool inside = bin.from <= counts && counts < bin.to;
      if (inside && bin.statistic == made.settings.statistic) add_pixel(bin.quality, made, target, truth, pixel);
    }
  }
}

void study_exposure(const Population& truth, double live_time_s, std::uint64_t seed, Study& study) {
  const FluxCube cube = draw_cube(truth, live_time_s, seed);
  const bool standard = truth.model == "F1_0";
  for (const std::string& statistic : statistics) {
    const ScanFit own = fit(cube, truth.model, statistic);
    study.own.push_back({truth.model, live_time_s, statistic, quality_of(own, truth)});
    if (!standard) continue;
    add_by_brightness(own, truth, live_time_s, study.brightness);
    if (live_time_s < exposures_s.back()) continue;
    for (const TypicalParameters& other : typical_parameters()) {
      study.others.push_back({other.model, statistic, quality_of(fit(cube, other.model, statistic), truth)});
    }
  }
}

}  // namespace

Study run_study(std::size_t pixels, std::uint64_t seed, std::span<const double> exposures) {
  Study study{pixels, {}, {}, empty_bins()};
  for (const TypicalParameters& typical : typical_parameters()) {
    const Population truth = draw_population(typical, pixels, seed);
    for (const double live_time_s : exposures) {
      fmt::print(stderr, "{}, {} s a threshold\n", typical.model, live_time_s);
      study_exposure(truth, live_time_s, seed, study);
    }
  }
  return study;
}

}  // namespace velocal::test
