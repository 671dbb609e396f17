// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/deviance_moments.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace velocal {
namespace {

constexpr double smallest_mu = 0x1p-24;
constexpr double largest_mu = 0x1p10;
/// What is left of a positive number's bits, as an integer, without its lowest 46: sign, exponent, six bits of
/// fraction.
constexpr int dropped_bits = 46;
constexpr std::uint64_t index_of(double mu) {
  return (std::bit_cast<std::uint64_t>(mu) >> dropped_bits) -
         (std::bit_cast<std::uint64_t>(smallest_mu) >> dropped_bits);
}
/// The rest as a fraction: how far mu lies from its table value to the next.
double position_after(double mu) {
  constexpr std::uint64_t rest = (std::uint64_t{1} << dropped_bits) - 1;
  return static_cast<double>(std::bit_cast<std::uint64_t>(mu) & rest) / static_cast<double>(rest + 1);
}

double deviance(double mu, double count) {
  return count == 0.0 ? 2.0 * mu : 2.0 * (mu - count + count * std::log(count / mu));
}

DevianceCumulants scaled_difference(const DevianceCumulants& at, double factor) {
  return {1.0 + (at.mean - 1.0) * factor, 2.0 + (at.variance - 2.0) * factor, 8.0 + (at.third - 8.0) * factor,
          at.covariance_with_count * factor};
}

}  // namespace

DevianceCumulants deviance_cumulants(double mu) {
  // Beyond 12 standard deviations a Poisson distribution holds less than 1e-16 (at small mu: less than 1e-30).
  const double reach = 12.0 * std::sqrt(mu) + 30.0;
  const double first = std::max(0.0, std::floor(mu - reach));
  const double last = std::ceil(mu + reach);
  const auto probability = [&](double count) { return std::exp(count * std::log(mu) - mu - std::lgamma(count + 1.0)); };
  DevianceCumulants sum{};
  for (double count = first; count <= last; ++count) sum.mean += probability(count) * deviance(mu, count);
  for (double count = first; count <= last; ++count) {
    const double p = probability(count);
    const double difference = deviance(mu, count) - sum.mean;
    sum.variance += p * difference * difference;
    sum.third += p * difference * difference * difference;
    sum.covariance_with_count += p * difference * (count - mu);
  }
  return sum;
}

const DevianceTable& DevianceTable::instance() {
  static const DevianceTable table;
  return table;
}

DevianceTable::DevianceTable() {
  constexpr std::uint64_t first = std::bit_cast<std::uint64_t>(smallest_mu) >> dropped_bits;
  for (std::uint64_t i = 0; i <= index_of(largest_mu) + 1; ++i) {
    table_.push_back(deviance_cumulants(std::bit_cast<double>((first + i) << dropped_bits)));
  }
}

DevianceCumulants DevianceTable::at(double mu) const {
  if (!(mu >= smallest_mu)) return {};
  // Above the table all four approach their limits as 1/mu.
  if (mu > largest_mu) return scaled_difference(at(largest_mu), largest_mu / mu);
  const std::size_t index = index_of(mu);
  const double weight = position_after(mu);
  const DevianceCumulants& low = table_[index];
  const DevianceCumulants& high = table_[index + 1];
  const auto between = [&](double a, double b) { return a + weight * (b - a); };
  return {between(low.mean, high.mean), between(low.variance, high.variance), between(low.third, high.third),
          between(low.covariance_with_count, high.covariance_with_count)};
}

}  // namespace velocal
