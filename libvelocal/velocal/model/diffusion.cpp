// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/diffusion.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace velocal {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::array<ModelParameter, 4> all_parameters{{
    {"R", "hits/s", 0.0, infinity, false, true},
    {"sigma", "um", 0.0, diffusion::DiffusionTable::largest_sigma_um},
    {"s", "DAC", 0.0, infinity, true},
    {"E0", "DAC", 0.0, infinity},
}};

}  // namespace

DiffusionModel::DiffusionModel(std::span<const PhotonLine> lines, const Sensor& sensor)
    : table_(lines, sensor),
      kernel_(diffusion::diffusion_kernel(SimdLevel::scalar)),
      fast_kernel_(diffusion::diffusion_kernel(simd_level())) {}

std::span<const ModelParameter> DiffusionModel::parameters() const {
  return all_parameters;
}

void DiffusionModel::flux(std::span<const double> parameters, std::span<const double> threshold,
                          std::span<double> flux) const {
  assert(parameters.size() == all_parameters.size() && flux.size() == threshold.size());
  kernel_.flux(table_.patch(parameters[1], parameters[2], parameters[3]), parameters[0], threshold.data(),
               threshold.size(), flux.data());
}

void DiffusionModel::flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                                       std::span<double> flux, std::span<double> gradient) const {
  assert(gradient.size() == all_parameters.size() * threshold.size());
  kernel_.flux_and_gradient(table_.patch(parameters[1], parameters[2], parameters[3]), parameters[0], threshold.data(),
                            threshold.size(), flux.data(), gradient.data());
}

void DiffusionModel::fast_flux(std::span<const double> parameters, std::span<const double> threshold,
                               std::span<double> flux) const {
  fast_kernel_.flux(table_.patch(parameters[1], parameters[2], parameters[3]), parameters[0], threshold.data(),
                    threshold.size(), flux.data());
}

void DiffusionModel::fast_flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                                            std::span<double> flux, std::span<double> gradient) const {
  fast_kernel_.flux_and_gradient(table_.patch(parameters[1], parameters[2], parameters[3]), parameters[0],
                                 threshold.data(), threshold.size(), flux.data(), gradient.data());
}

void DiffusionModel::start_values(const LineShape& shape, std::span<double> parameters) const {
  constexpr double typical_sigma_um = 4.5;
  const double fano = table_.fano_width() * shape.line;
  const double s = std::sqrt(std::max(shape.width * shape.width - fano * fano, 0.25 * shape.width * shape.width));
  const std::array<double, 4> unit{1.0, typical_sigma_um, s, shape.line};
  const std::array<double, 1> half{0.5 * shape.line};
  std::array<double, 1> plateau{};
  flux(unit, half, plateau);
  std::ranges::copy(unit, parameters.begin());
  parameters[0] = (shape.step + shape.slope * half[0]) / plateau[0];
}

}  // namespace velocal
