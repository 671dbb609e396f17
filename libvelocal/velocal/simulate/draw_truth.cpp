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
#include "velocal/model/photon_source.hpp"
#include "velocal/simulate/chip_variation.hpp"
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

  bool allows(double value) const { return lower <= value && value <= upper; }
};

double draw_allowed(const Quantity& quantity, Engine& engine, boost::random::normal_distribution<double>& normal) {
  constexpr int most_tries = 10000;
  for (int attempt = 0; attempt < most_tries; ++attempt) {
    const double value = normal(engine);
    if (quantity.allows(value)) return value;
  }
  throw DescriptorError(fmt::format("simulation.{}: mean {} and spread {} hardly ever give an allowed value",
                                    quantity.name, quantity.spread.mean, quantity.spread.spread),
                        fmt::format("allowed is {} to {}", quantity.lower, quantity.upper));
}

boost::random::normal_distribution<double> normal_of(const Quantity& quantity) {
  return boost::random::normal_distribution<double>(quantity.spread.mean, quantity.spread.spread);
}

PixelMatrix<double> draw_matrix(const Quantity& quantity, std::uint64_t seed) {
  Engine engine(seed);
  auto normal = normal_of(quantity);
  PixelMatrix<double> matrix;
  std::ranges::generate(matrix, [&] { return draw_allowed(quantity, engine, normal); });
  return matrix;
}

/// The same, but a pixel that has to be redrawn does not change those after it: whatever mean and spread are, the seed
/// stands for one pattern.
PixelMatrix<double> draw_pattern(const Quantity& quantity, std::uint64_t seed) {
  Engine engine(seed);
  auto normal = normal_of(quantity);
  PixelMatrix<double> matrix;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    matrix[pixel] = normal(engine);
    if (quantity.allows(matrix[pixel])) continue;
    Engine own(stream_seed(seed, quantity.name, static_cast<std::int64_t>(pixel)));
    matrix[pixel] = draw_allowed(quantity, own, normal);
  }
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

PixelMatrix<double> illuminated(double peak, const IlluminationSpot& spot) {
  PixelMatrix<double> matrix;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    matrix[pixel] = peak * illumination(spot, Pixel::at(pixel));
  }
  return matrix;
}

void draw_formula(const ScanSettings& scan, const Streams& stream, Truth& truth) {
  const SimulationSettings& settings = *scan.simulation;
  truth.shelf = draw_matrix({"shelf", settings.shelf, 1e-9, 1.0 - 1e-9}, stream(scan.label, "shelf"));
  truth.width = draw_matrix({"width", settings.width, 1.0}, stream(scan.label, "width"));
  truth.target = draw_matrix({quantity::target, settings.target}, stream(scan.label, quantity::target));
  truth.amplitude = illuminated(settings.amplitude, settings.spot);
}

/// What is the chip's is drawn by the ASIC's name.
void draw_physics(const Dataset& dataset, const ScanSettings& scan, const Streams& stream, Truth& truth) {
  const SimulationSettings& settings = *scan.simulation;
  const Spread target = settings.target;
  truth.width = draw_pattern({"width", settings.width, 1.0}, stream(dataset.asic, "width"));
  truth.target = draw_pattern({quantity::target, target, 0.5 * target.mean, 2.0 * target.mean},
                              stream(dataset.asic, quantity::target));
  PhysicalTruth& physics = truth.physics.emplace();
  physics.rate = illuminated(settings.physics->rate, settings.spot);
  physics.sigma_um = settings.physics->sigma_um;
  physics.sensor = scan.sensor;
  physics.lines = photon_source(scan.source, scan.sensor).lines;
}

/// The analysis is given a baseline that is off by the error of its measurement.
void draw_baseline(const SimulationSettings& settings, const std::string& equalisation, const Streams& stream,
                   Truth& truth) {
  const auto baseline = draw_matrix({"baseline", settings.baseline, 1.0}, stream(equalisation, "baseline"));
  const auto error =
      draw_matrix({"baseline_error", {0.0, settings.baseline_error}}, stream(equalisation, "baseline error"));
  truth.baseline.width =
      draw_matrix({"baseline_width", settings.baseline_width, 0.5}, stream(equalisation, "baseline width"));
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    truth.line[pixel] = baseline[pixel] + truth.target[pixel];
    truth.baseline.mean[pixel] = std::max(1.0, baseline[pixel] + error[pixel]);
  }
  truth.baseline.error = PixelMatrix<double>(settings.baseline_error);
  const auto hidden = draw_pixels(settings.pixels_without_baseline, stream(equalisation, "no baseline"));
  for (const std::size_t pixel : hidden) truth.baseline.mean[pixel] = 0.0;
}

void draw_mask(int masked_pixels, std::uint64_t seed, Truth& truth) {
  for (const std::size_t pixel : draw_pixels(masked_pixels, seed)) {
    truth.mask[pixel] = 1;
    truth.amplitude[pixel] = 0.0;
    if (truth.physics) truth.physics->rate[pixel] = 0.0;
  }
}

}  // namespace

Truth draw_truth(const Dataset& dataset, const ScanSettings& scan, std::uint64_t seed) {
  if (!scan.simulation) {
    throw DescriptorError(fmt::format("scan \"{}\" of {} has no section \"simulation\"", scan.label, dataset.name),
                          "the truth is drawn from it", "See datasets/demo.yaml for one");
  }
  const ScanSettings varied = scan_of_chip(dataset, scan, seed);
  const SimulationSettings& settings = *varied.simulation;
  Truth truth;
  truth.seed = chip_seed(dataset, seed);
  const Streams stream(truth.seed);
  truth.background = settings.background;
  if (settings.physics) {
    draw_physics(dataset, varied, stream, truth);
  } else {
    draw_formula(varied, stream, truth);
  }
  // What lies in a folder is drawn by the folder's name, so that scans which share it agree on it.
  draw_baseline(settings, scan.baseline_folder.value_or(scan.folder), stream, truth);
  draw_mask(settings.masked_pixels, stream(settings.physics ? dataset.asic : scan.folder, "mask"), truth);
  return truth;
}

}  // namespace velocal
