// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/diffusion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <deque>
#include <limits>

#include "velocal/core/error.hpp"
#include "velocal/model/photon_source.hpp"

namespace velocal {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::array<ModelParameter, 4> all_parameters{{
    {"R", "hits/s", 0.0, infinity, false, true},
    {"sigma", "um", 0.0, diffusion::DiffusionTable::largest_sigma_um},
    {"s", "DAC", 0.0, infinity, true, false, false, true},
    {"E0", "DAC", 0.0, infinity},
}};

void require(std::string_view name, double value, double least, double most) {
  if (least <= value && value <= most) return;
  throw UsageError(fmt::format("{} is {}", name, value), fmt::format("model diffusion takes {} to {}", least, most));
}

void require_curve(std::span<const PhotonLine> lines, const Sensor& sensor) {
  if (lines.empty()) throw UsageError("model diffusion has no photon line", "it needs one or more");
  require("the sensor's pitch [um]", sensor.pitch_um, 40.0, 1000.0);
  require("the sensor's thickness [um]", sensor.thickness_um, 1.0, 1e5);
  require("the first line's energy ratio", lines[0].energy_ratio, 1.0, 1.0);
  double shares = 0.0;
  for (const PhotonLine& line : lines) {
    require("a line's energy ratio", line.energy_ratio, 0.1, 10.0);
    require("a line's share", line.share, 1e-12, 1.0);
    require("a line's pairs", line.pairs, 100.0, 1e6);
    require("a line's attenuation length [um]", line.attenuation_um, 0.01, 1e9);
    shares += line.share;
  }
  require("the sum of the lines' shares", shares, 1.0 - 1e-6, 1.0 + 1e-6);
}

}  // namespace

DiffusionModel::DiffusionModel(std::span<const PhotonLine> lines, const Sensor& sensor)
    : lines_(lines.begin(), lines.end()),
      sensor_(sensor),
      kernel_(diffusion::diffusion_kernel(SimdLevel::scalar)),
      fast_kernel_(diffusion::diffusion_kernel(simd_level())) {
  require_curve(lines_, sensor_);
}

const diffusion::DiffusionTable& DiffusionModel::table() const {
  std::call_once(made_, [this] { table_.emplace(lines_, sensor_); });
  return *table_;
}

std::shared_ptr<const FluxModel> DiffusionModel::for_source(const PhotonSource& source) const {
  constexpr std::size_t most_kept = 8;
  static std::mutex mutex;
  static std::deque<std::shared_ptr<const DiffusionModel>> kept;
  const std::lock_guard lock(mutex);
  const auto found = std::ranges::find_if(
      kept, [&](const auto& model) { return model->lines_ == source.lines && model->sensor_ == source.sensor; });
  if (found != kept.end()) return *found;
  kept.push_back(std::make_shared<const DiffusionModel>(source.lines, source.sensor));
  if (kept.size() > most_kept) kept.pop_front();
  return kept.back();
}

std::span<const ModelParameter> DiffusionModel::parameters() const {
  return all_parameters;
}

void DiffusionModel::flux(std::span<const double> parameters, std::span<const double> threshold,
                          std::span<double> flux) const {
  assert(parameters.size() == all_parameters.size() && flux.size() == threshold.size());
  kernel_.flux(table().patch(parameters[1], parameters[2], parameters[3]), parameters[0], threshold.data(),
               threshold.size(), flux.data());
}

void DiffusionModel::flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                                       std::span<double> flux, std::span<double> gradient) const {
  assert(gradient.size() == all_parameters.size() * threshold.size());
  kernel_.flux_and_gradient(table().patch(parameters[1], parameters[2], parameters[3]), parameters[0], threshold.data(),
                            threshold.size(), flux.data(), gradient.data());
}

void DiffusionModel::fast_flux(std::span<const double> parameters, std::span<const double> threshold,
                               std::span<double> flux) const {
  fast_kernel_.flux(table().patch(parameters[1], parameters[2], parameters[3]), parameters[0], threshold.data(),
                    threshold.size(), flux.data());
}

void DiffusionModel::fast_flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                                            std::span<double> flux, std::span<double> gradient) const {
  fast_kernel_.flux_and_gradient(table().patch(parameters[1], parameters[2], parameters[3]), parameters[0],
                                 threshold.data(), threshold.size(), flux.data(), gradient.data());
}

void DiffusionModel::start_values(const LineShape& shape, std::span<double> parameters) const {
  constexpr double typical_sigma_um = 4.5;
  const double fano = table().fano_width() * shape.line;
  const double s = std::sqrt(std::max(shape.width * shape.width - fano * fano, 0.25 * shape.width * shape.width));
  const std::array<double, 4> unit{1.0, typical_sigma_um, s, shape.line};
  const std::array<double, 1> half{0.5 * shape.line};
  std::array<double, 1> plateau{};
  flux(unit, half, plateau);
  std::ranges::copy(unit, parameters.begin());
  parameters[0] = (shape.step + shape.slope * half[0]) / plateau[0];
}

}  // namespace velocal
