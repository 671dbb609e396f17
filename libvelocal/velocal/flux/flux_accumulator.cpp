// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/flux_accumulator.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "velocal/core/error.hpp"
#include "velocal/flux/acquisition_adder.hpp"

namespace velocal {
namespace {

std::size_t index_of(int threshold, const std::vector<int>& thresholds) {
  const auto found = std::ranges::lower_bound(thresholds, threshold);
  if (found != thresholds.end() && *found == threshold) return static_cast<std::size_t>(found - thresholds.begin());
  throw UsageError(fmt::format("{} is no threshold of this flux", threshold),
                   fmt::format("it has {} from {} to {}", thresholds.size(), thresholds.front(), thresholds.back()),
                   "Name all thresholds in FluxSettings::threshold");
}

void require_new(int acquisition, const std::vector<SummedAcquisition>& acquisitions, int threshold) {
  if (std::ranges::find(acquisitions, acquisition, &SummedAcquisition::number) == acquisitions.end()) return;
  throw UsageError(fmt::format("acquisition {} of threshold {} cannot be added", acquisition, threshold),
                   "it has been added before", "Give each acquisition of a threshold a number of its own");
}

void require_state(bool there) {
  if (!there) throw UsageError("the accumulator has been moved from", "its counts are where it was moved to");
}

}  // namespace

struct FluxAccumulator::State {
  explicit State(FluxSettings settings) : sums(std::move(settings)) {}
  FluxSums sums;
  AcquisitionAdder adder{sums};
};

FluxAccumulator::FluxAccumulator(FluxSettings settings) : state_(std::make_unique<State>(std::move(settings))) {}
FluxAccumulator::FluxAccumulator(FluxAccumulator&&) noexcept = default;
FluxAccumulator& FluxAccumulator::operator=(FluxAccumulator&&) noexcept = default;
FluxAccumulator::~FluxAccumulator() = default;

AcquisitionQuality FluxAccumulator::add(int threshold, int acquisition, const PixelCounts& counts) {
  require_state(state_ != nullptr);
  FluxSums& sums = state_->sums;
  const std::size_t t = index_of(threshold, sums.threshold());
  require_new(acquisition, sums.acquisitions_at(t), threshold);
  if (sums.reject(t, acquisition)) return AcquisitionQuality::rejected;
  const std::string name = fmt::format("threshold {} acquisition {}", threshold, acquisition);
  return state_->adder.add(t, acquisition, {name, name, &counts});
}

FluxCube FluxAccumulator::finish() const {
  require_state(state_ != nullptr);
  return FluxSums(state_->sums).cube();
}

}  // namespace velocal
