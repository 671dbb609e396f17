// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/partial_model.hpp"

#include <algorithm>

namespace velocal {
namespace {

/// Points whose whole gradient is kept on the stack at a time.
constexpr std::size_t block = 128;

}  // namespace

PartialModel::PartialModel(const FluxModel& model, std::span<const double> values, std::span<const std::size_t> free,
                           Start start)
    : model_(model), count_(free.size()), start_(start) {
  std::ranges::copy(values, values_.begin());
  std::ranges::copy(free, free_.begin());
  for (std::size_t k = 0; k < count_; ++k) parameters_[k] = model.parameters()[free[k]];
}

std::array<double, max_parameters> PartialModel::all(std::span<const double> free_values) const {
  auto values = values_;
  for (std::size_t k = 0; k < count_; ++k) values[free_[k]] = free_values[k];
  return values;
}

void PartialModel::flux(std::span<const double> parameters, std::span<const double> threshold,
                        std::span<double> flux) const {
  const auto values = all(parameters);
  model_.flux(std::span(values).first(model_.parameters().size()), threshold, flux);
}

void PartialModel::fast_flux(std::span<const double> parameters, std::span<const double> threshold,
                             std::span<double> flux) const {
  const auto values = all(parameters);
  model_.fast_flux(std::span(values).first(model_.parameters().size()), threshold, flux);
}

void PartialModel::flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                                     std::span<double> flux, std::span<double> gradient) const {
  gradient_of_free(&FluxModel::flux_and_gradient, parameters, threshold, flux, gradient);
}

void PartialModel::fast_flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                                          std::span<double> flux, std::span<double> gradient) const {
  gradient_of_free(&FluxModel::fast_flux_and_gradient, parameters, threshold, flux, gradient);
}

void PartialModel::gradient_of_free(Function whole, std::span<const double> parameters,
                                    std::span<const double> threshold, std::span<double> flux,
                                    std::span<double> gradient) const {
  const auto values = all(parameters);
  const std::size_t full_count = model_.parameters().size();
  std::array<double, max_parameters * block> full;
  for (std::size_t begin = 0; begin < threshold.size(); begin += block) {
    const std::size_t n = std::min(block, threshold.size() - begin);
    (model_.*whole)(std::span(values).first(full_count), threshold.subspan(begin, n), flux.subspan(begin, n),
                    std::span(full).first(full_count * n));
    for (std::size_t k = 0; k < count_; ++k) {
      std::copy_n(full.begin() + static_cast<std::ptrdiff_t>(free_[k] * n), n,
                  gradient.begin() + static_cast<std::ptrdiff_t>(k * threshold.size() + begin));
    }
  }
}

void PartialModel::start_values(const LineShape& shape, std::span<double> parameters) const {
  auto whole = values_;
  if (start_ == Start::shape) model_.start_values(shape, std::span(whole).first(model_.parameters().size()));
  for (std::size_t k = 0; k < count_; ++k) parameters[k] = whole[free_[k]];
}

}  // namespace velocal
