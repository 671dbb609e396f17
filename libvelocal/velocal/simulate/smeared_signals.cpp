// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/smeared_signals.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "velocal/model/silicon.hpp"

namespace velocal {
namespace {

constexpr double most_deviations = 6.0;

double passing(double deviations) {
  return 0.5 * std::erfc(-deviations / std::numbers::sqrt2);
}

}  // namespace

std::vector<Signal> signals_of(std::span<const PhotonLine> lines, std::span<const ChargeShares> shares) {
  std::vector<Signal> signals;
  const double pairs = lines.front().pairs;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (std::size_t i = 0; i < ChargeShares::bins; ++i) {
      const double share = shares[l].share[i];
      if (share <= 0.0) continue;
      signals.push_back({.height = share * lines[l].energy_ratio,
                         .variance = fano_factor * lines[l].pairs * share / (pairs * pairs),
                         .pixels = lines[l].share * shares[l].pixels[i]});
    }
  }
  std::ranges::sort(signals, {}, &Signal::height);
  return signals;
}

SmearedSignals::SmearedSignals(std::span<const Signal> signals, double noise)
    : noise_(noise), pixels_from_(signals.size() + 1, 0.0) {
  for (const Signal& signal : signals) {
    const double width = std::sqrt(noise * noise + signal.variance);
    height_.push_back(signal.height);
    inverse_width_.push_back(1.0 / width);
    pixels_.push_back(signal.pixels);
    reach_ = std::max(reach_, most_deviations * width);
    end_ = std::max(end_, signal.height + most_deviations * width);
  }
  for (std::size_t i = signals.size(); i-- > 0;) pixels_from_[i] = pixels_from_[i + 1] + pixels_[i];
}

double SmearedSignals::operator()(double threshold) const {
  const auto index = [&](double height) {
    return static_cast<std::size_t>(std::ranges::lower_bound(height_, height) - height_.begin());
  };
  const std::size_t end = index(threshold + reach_);
  double flux = pixels_from_[end] - pixels_from_[0] * passing(-threshold / noise_);
  for (std::size_t i = index(threshold - reach_); i < end; ++i) {
    flux += pixels_[i] * passing((height_[i] - threshold) * inverse_width_[i]);
  }
  return flux;
}

}  // namespace velocal
