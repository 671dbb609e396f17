// SPDX-License-Identifier: GPL-3.0-or-later
#include "population.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "fit/drawn_scan.hpp"
#include "support/pixel_cube.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/simulate/stream_seed.hpp"

namespace velocal::test {
namespace {

/// The source's light: a Gaussian spot on a floor.
double illumination(Pixel pixel) {
  const double rows = pixel.row - 120.0;
  const double columns = pixel.column - 136.0;
  return 0.1 + 0.9 * std::exp(-(rows * rows + columns * columns) / (2.0 * 90.0 * 90.0));
}

/// One pixel after another.
class TruthDrawer {
 public:
  explicit TruthDrawer(std::uint64_t seed) : random_(seed) {}

  double normal(double mean, double deviation) { return mean + deviation * normal_(random_); }

  /// `with_fraction`: the model has f, and A is the amplitude of all; else A is that of the shelf.
  double parameter(std::string_view name, double typical, double light, bool with_fraction) {
    if (name == "f") return typical * share_of_shelf();
    if (name == "B" || name == "R" || (name == "A" && with_fraction)) return typical * light;
    if (name == "A") return typical * light * share_of_shelf();
    return width(typical);
  }

 private:
  double share_of_shelf() { return std::max(0.1, normal(1.0, 0.15)); }
  double width(double typical) {
    double drawn = 0.0;
    while (drawn < 1.0) drawn = normal(typical, 0.18 * typical);
    return drawn;
  }

  std::mt19937_64 random_;
  std::normal_distribution<> normal_;
};

}  // namespace

double Population::truth(std::size_t pixel, std::string_view parameter) const {
  const auto at = std::ranges::find(names, parameter) - names.begin();
  return parameters[pixel].at(static_cast<std::size_t>(at));
}

Population draw_population(const TypicalParameters& typical, std::size_t pixels, std::uint64_t seed) {
  TruthDrawer draw(stream_seed(seed, "truth of " + typical.model));
  Population population;
  population.model = typical.model;
  population.names = typical.names;
  const bool with_fraction = std::ranges::count(typical.names, "f") > 0;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const double light = illumination(Pixel::at(pixel * (pixel_count / pixels)));
    const double baseline = draw.normal(1425.0, 4.0);
    const double target = draw.normal(124.0, 7.0);
    const double width = std::max(0.5, draw.normal(5.5, 0.5));
    std::vector<double> parameters;
    for (std::size_t k = 0; k < typical.names.size(); ++k) {
      const bool line = typical.names[k] == "E0";
      parameters.push_back(line ? baseline + target
                                : draw.parameter(typical.names[k], typical.values[k], light, with_fraction));
    }
    population.parameters.push_back(parameters);
    population.target.push_back(target);
    population.measured_baseline.mean[pixel] = draw.normal(baseline, usual_baseline_error);
    population.measured_baseline.error[pixel] = usual_baseline_error;
    population.measured_baseline.width[pixel] = width;
  }
  return population;
}

FluxCube draw_cube(const Population& population, double live_time_s, std::uint64_t seed) {
  constexpr std::size_t pixels_per_task = 256;
  FluxCube cube = masked_cube(threshold_range(1480, 1600), live_time_s);
  cube.baseline = population.measured_baseline;
  const std::size_t tasks = (population.size() + pixels_per_task - 1) / pixels_per_task;
  parallel_for(tasks, 0, [&](std::size_t task, int) {
    const auto exposure = static_cast<std::int64_t>(live_time_s);
    std::mt19937_64 random(
        stream_seed(seed, "counts of " + population.model, exposure, static_cast<std::int64_t>(task)));
    const std::size_t end = std::min(population.size(), (task + 1) * pixels_per_task);
    for (std::size_t pixel = task * pixels_per_task; pixel < end; ++pixel) {
      auto expected = expected_counts(cube, population.model, population.parameters[pixel]);
      for (double& mean : expected) mean = std::max(mean, 0.0) + live_time_s * drawn_background;
      set_pixel(cube, pixel, drawn(expected, random));
    }
  });
  return cube;
}

}  // namespace velocal::test
