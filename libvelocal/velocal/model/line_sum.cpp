// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/line_sum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "velocal/core/charge_zero.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"

namespace velocal {
namespace {

/// Thresholds whose flux and gradient of one line are kept on the stack at a time.
constexpr std::size_t block = 128;
constexpr double unlimited = std::numeric_limits<double>::infinity();

}  // namespace

LineSum::LineSum(std::vector<Line> lines, LineExtras extras) : lines_(std::move(lines)) {
  if (lines_.empty()) throw UsageError("the sum over the lines of a source has no line", {}, "Give one or more");
  const FluxModel& first = *lines_.front().model;
  parameters_.assign(first.parameters().begin(), first.parameters().end());
  own_parameters_ = parameters_.size();
  line_index_ = first.index_of(quantity::line);
  add_parameter(extras.share, {quantity::second_share, "", 0.0, 1.0}, share_index_);
  add_parameter(extras.zero, {quantity::charge_zero, "DAC", -unlimited, unlimited}, zero_index_);
}

void LineSum::add_parameter(bool wanted, const ModelParameter& parameter, std::optional<std::size_t>& index) {
  if (!wanted) return;
  if (lines_.size() < 2) {
    throw UsageError(fmt::format("{} is found by the second line", parameter.name), "the source has one line",
                     "Name a source with several lines, or do not share it");
  }
  index = parameters_.size();
  parameters_.push_back(parameter);
  if (parameters_.size() <= max_parameters) return;
  throw UsageError(fmt::format("model {} has {} parameters with {}", name(), parameters_.size(), parameter.name),
                   fmt::format("fits take {} at most", max_parameters), "Take another model");
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
  if (share_index_) parameters[*share_index_] = lines_[1].share;
  if (zero_index_) parameters[*zero_index_] = 0.0;
}

double LineSum::share(std::size_t line, std::span<const double> parameters) const {
  if (!share_index_) return lines_[line].share;
  const double second = parameters[*share_index_];
  return line == 1 ? second : -share_slope(line) * (1.0 - second);
}

double LineSum::share_slope(std::size_t line) const {
  return line == 1 ? 1.0 : -lines_[line].share / (1.0 - lines_[1].share);
}

std::array<double, max_parameters> LineSum::parameters_of(std::size_t line, std::span<const double> parameters) const {
  std::array<double, max_parameters> own{};
  std::copy_n(parameters.begin(), own_parameters_, own.begin());
  const double ratio = lines_[line].energy_ratio;
  own[line_index_] *= ratio;
  if (zero_index_) own[line_index_] += (1.0 - ratio) * parameters[*zero_index_];
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
      const auto add_slope = [&](std::size_t parameter, double factor, const double* values) {
        double* const slope = &gradient[parameter * threshold.size() + begin];
        for (std::size_t i = 0; i < n; ++i) slope[i] += factor * values[i];
      };
      if (share_index_) add_slope(*share_index_, share_slope(line), of_line.data());
      if (zero_index_) add_slope(*zero_index_, weight * (1.0 - lines_[line].energy_ratio), &slopes[line_index_ * n]);
    }
  }
}

}  // namespace velocal
