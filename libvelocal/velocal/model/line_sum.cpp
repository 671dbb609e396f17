// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/line_sum.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"

namespace velocal {
namespace {

/// Thresholds whose flux and gradient of one line are kept on the stack at a time.
constexpr std::size_t block = 128;

}  // namespace

LineSum::LineSum(std::vector<Line> lines, bool with_share) : lines_(std::move(lines)) {
  if (lines_.empty()) throw UsageError("the sum over the lines of a source has no line", {}, "Give one or more");
  const FluxModel& first = *lines_.front().model;
  parameters_.assign(first.parameters().begin(), first.parameters().end());
  own_parameters_ = parameters_.size();
  line_index_ = first.index_of(quantity::line);
  if (with_share) parameters_.push_back({quantity::second_share, "", 0.0, 1.0});
  if (with_share && lines_.size() < 2) {
    throw UsageError(fmt::format("{} is the share of a second line", quantity::second_share), "the source has one line",
                     "Name a source with several lines, or do not share it");
  }
  if (parameters_.size() > max_parameters) {
    throw UsageError(
        fmt::format("model {} has {} parameters with {}", first.name(), parameters_.size(), quantity::second_share),
        fmt::format("fits take {} at most", max_parameters), "Take another model");
  }
}

void LineSum::flux(std::span<const double> parameters, std::span<const double> threshold,
                   std::span<double> flux) const {
  sum(&FluxModel::flux, parameters, threshold, flux);
}

void LineSum::fast_flux(std::span<const double> parameters, std::span<const double> threshold,
                        std::span<double> flux) const {
  sum(&FluxModel::fast_flux, parameters, threshold, flux);
}

void LineSum::flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                                std::span<double> flux, std::span<double> gradient) const {
  sum(&FluxModel::flux_and_gradient, parameters, threshold, flux, gradient);
}

void LineSum::fast_flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                                     std::span<double> flux, std::span<double> gradient) const {
  sum(&FluxModel::fast_flux_and_gradient, parameters, threshold, flux, gradient);
}

void LineSum::start_values(const LineShape& shape, std::span<double> parameters) const {
  lines_.front().model->start_values(shape, parameters.first(own_parameters_));
  if (parameters_.size() > own_parameters_) parameters[own_parameters_] = lines_[1].share;
}

double LineSum::share(std::size_t line, std::span<const double> parameters) const {
  if (parameters_.size() == own_parameters_) return lines_[line].share;
  const double second = parameters[own_parameters_];
  return line == 1 ? second : -share_slope(line) * (1.0 - second);
}

double LineSum::share_slope(std::size_t line) const {
  return line == 1 ? 1.0 : -lines_[line].share / (1.0 - lines_[1].share);
}

std::array<double, max_parameters> LineSum::parameters_of(std::size_t line, std::span<const double> parameters) const {
  std::array<double, max_parameters> own{};
  std::copy_n(parameters.begin(), own_parameters_, own.begin());
  own[line_index_] *= lines_[line].energy_ratio;
  return own;
}

void LineSum::sum(Flux flux_of, std::span<const double> parameters, std::span<const double> threshold,
                  std::span<double> flux) const {
  std::array<double, block> of_line;
  std::ranges::fill(flux, 0.0);
  for (std::size_t line = 0; line < lines_.size(); ++line) {
    const auto own = parameters_of(line, parameters);
    const double weight = share(line, parameters);
    for (std::size_t begin = 0; begin < threshold.size(); begin += block) {
      const std::size_t n = std::min(block, threshold.size() - begin);
      (*lines_[line].model.*flux_of)(std::span(own).first(own_parameters_), threshold.subspan(begin, n),
                                     std::span(of_line).first(n));
      for (std::size_t i = 0; i < n; ++i) flux[begin + i] += weight * of_line[i];
    }
  }
}

void LineSum::sum(FluxAndGradient flux_of, std::span<const double> parameters, std::span<const double> threshold,
                  std::span<double> flux, std::span<double> gradient) const {
  std::array<double, block> of_line;
  std::array<double, max_parameters * block> slopes;
  std::ranges::fill(flux, 0.0);
  std::ranges::fill(gradient, 0.0);
  for (std::size_t line = 0; line < lines_.size(); ++line) {
    const auto own = parameters_of(line, parameters);
    const double weight = share(line, parameters);
    for (std::size_t begin = 0; begin < threshold.size(); begin += block) {
      const std::size_t n = std::min(block, threshold.size() - begin);
      (*lines_[line].model.*flux_of)(std::span(own).first(own_parameters_), threshold.subspan(begin, n),
                                     std::span(of_line).first(n), std::span(slopes).first(own_parameters_ * n));
      for (std::size_t i = 0; i < n; ++i) flux[begin + i] += weight * of_line[i];
      for (std::size_t k = 0; k < own_parameters_; ++k) {
        const double factor = k == line_index_ ? weight * lines_[line].energy_ratio : weight;
        double* const slope = &gradient[k * threshold.size() + begin];
        for (std::size_t i = 0; i < n; ++i) slope[i] += factor * slopes[k * n + i];
      }
      if (parameters_.size() == own_parameters_) continue;
      double* const slope = &gradient[own_parameters_ * threshold.size() + begin];
      for (std::size_t i = 0; i < n; ++i) slope[i] += share_slope(line) * of_line[i];
    }
  }
}

}  // namespace velocal
