// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/draw_truth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/simulate/stream_seed.hpp"

namespace velocal {
namespace {

// Boost's distributions give the same numbers on every platform; the standard library's do not.
using Engine = boost::random::mt19937_64;

constexpr double unbounded = std::numeric_limits<double>::infinity();

/// A quantity drawn once a pixel from a normal distribution, redrawn until it is in [lower, upper].
struct Quantity {
  std::string_view name;
  Spread spread;
  double lower = -unbounded;
  double upper = unbounded;
};

PixelMatrix<double> draw_matrix(const Quantity& quantity, std::uint64_t seed) {
  constexpr int most_tries = 10000;
  Engine engine(seed);
  boost::random::normal_distribution<double> normal(quantity.spread.mean, quantity.spread.spread);
  const auto draw = [&] {
    for (int attempt = 0; attempt < most_tries; ++attempt) {
      const double value = normal(engine);
      if (quantity.lower <= value && value <= quantity.upper) return value;
    }
    throw DescriptorError(fmt::format("simulation.{}: mean {} and spread {} hardly ever give an allowed value",
                                      quantity.name, quantity.spread.mean, quantity.spread.spread),
                          fmt::format("allowed is {} to {}", quantity.lower, quantity.upper));
  };
  PixelMatrix<double> matrix;
  std::ranges::generate(matrix, draw);
  return matrix;
}

/// Draws `count` different pixels: the first ones of a shuffled list.
std::vector<std::size_t> draw_pixels(int count, std::uint64_t seed) {
  const std::size_t wanted = std::min(static_cast<std::size_t>(std::max(count, 0)), pixel_count);
  Engine engine(seed);
  std::vector<std::size_t> pixels(pixel_count);
  std::iota(pixels.begin(), pixels.end(), std::size_t{0});
  for (std::size_t i = 0; i < wanted; ++i) {
    boost::random::uniform_int_distribution<std::size_t> place(i, pixel_count - 1);
    std::swap(pixels[i], pixels[place(engine)]);
  }
  pixels.resize(wanted);
  return pixels;
}

double illumination(const IlluminationSpot& spot, Pixel pixel) {
  const double rows = pixel.row - spot.row;
  const double columns = pixel.column - spot.column;
  const double gauss = std::exp(-(rows * rows + columns * columns) / (2.0 * spot.radius * spot.radius));
  return spot.floor + (1.0 - spot.floor) * gauss;
}

/// Seeds of random numbers, each named by what is drawn and by what that belongs to.
class Streams {
 public:
  explicit Streams(std::uint64_t seed) : seed_(seed) {}
  std::uint64_t operator()(std::string_view owner, std::string_view what) const {
    return stream_seed(seed_, fmt::format("{}/{}", owner, what));
  }

 private:
  std::uint64_t seed_;
};

/// Position of the line, and the amplitude under the illumination. The baseline is a whole number, as in its file.
void add_line_and_amplitude(const SimulationSettings& settings, Truth& truth) {
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    double& baseline = truth.baseline.mean[pixel];
    baseline = std::max(1.0, std::round(baseline));
    truth.line[pixel] = baseline + truth.target[pixel];
    truth.amplitude[pixel] = settings.amplitude * illumination(settings.spot, Pixel::at(pixel));
  }
}

}  // namespace

Truth draw_truth(const Dataset& dataset, const ScanSettings& scan, std::uint64_t seed) {
  if (!scan.simulation) {
    throw DescriptorError(fmt::format("scan \"{}\" of {} has no section \"simulation\"", scan.label, dataset.name),
                          "the truth is drawn from it", "See datasets/demo.yaml for one");
  }
  const SimulationSettings& settings = *scan.simulation;
  // What lies in a folder is drawn by the folder's name, so that scans which share it agree on it.
  const std::string equalisation = scan.baseline_folder.value_or(scan.folder);
  const Streams stream(seed);

  Truth truth;
  truth.seed = seed;
  truth.background = settings.background;
  truth.shelf = draw_matrix({"shelf", settings.shelf, 1e-9, 1.0 - 1e-9}, stream(scan.label, "shelf"));
  truth.width = draw_matrix({"width", settings.width, 1.0}, stream(scan.label, "width"));
  truth.target = draw_matrix({quantity::target, settings.target}, stream(scan.label, quantity::target));
  truth.baseline.mean = draw_matrix({"baseline", settings.baseline, 0.5}, stream(equalisation, "baseline"));
  truth.baseline.width =
      draw_matrix({"baseline_width", settings.baseline_width, 0.5}, stream(equalisation, "baseline width"));
  add_line_and_amplitude(settings, truth);
  for (const std::size_t pixel : draw_pixels(settings.masked_pixels, stream(scan.folder, "mask"))) {
    truth.mask[pixel] = 1;
    truth.amplitude[pixel] = 0.0;
  }
  const auto hidden = draw_pixels(settings.pixels_without_baseline, stream(equalisation, "no baseline"));
  for (const std::size_t pixel : hidden) truth.baseline.mean[pixel] = 0.0;
  return truth;
}

}  // namespace velocal
