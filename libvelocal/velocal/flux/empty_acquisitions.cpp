// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/empty_acquisitions.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "velocal/scan/pixel_group.hpp"

namespace velocal {
namespace {

constexpr double improbable = 1e-6;

/// The good and the empty acquisitions of a threshold.
struct Threshold {
  double acquisitions = 0.0;
  double hits = 0.0;

  explicit Threshold(const std::vector<SummedAcquisition>& all) {
    for (const SummedAcquisition& acquisition : all) {
      if (acquisition.quality != AcquisitionQuality::good && acquisition.quality != AcquisitionQuality::empty) continue;
      acquisitions += 1.0;
      hits += static_cast<double>(acquisition.hits[static_cast<std::size_t>(PixelGroup::all)]);
    }
  }
  double mean() const { return hits / acquisitions; }
};

/// Mean hits of an acquisition at the first threshold that has some; none: no threshold has.
template <class Iterator>
std::optional<double> first_mean(Iterator begin, Iterator end) {
  const auto found = std::find_if(begin, end, [](const Threshold& threshold) { return threshold.hits > 0.0; });
  return found != end ? std::optional(found->mean()) : std::nullopt;
}

/// Probability that one acquisition of the threshold has no hit.
double chance(const std::vector<Threshold>& thresholds, std::size_t t) {
  const Threshold& here = thresholds[t];
  if (here.hits > 0.0) return std::pow(1.0 - 1.0 / here.acquisitions, here.hits);
  const auto place = static_cast<std::ptrdiff_t>(t);
  const auto above = first_mean(thresholds.begin() + place + 1, thresholds.end());
  const auto below = first_mean(thresholds.rend() - place, thresholds.rend());
  const double mean = above.value_or(0.0);
  return std::exp(-std::min(mean, below.value_or(mean)));
}

}  // namespace

void accept_chance(std::vector<std::vector<SummedAcquisition>>& acquisitions) {
  const std::vector<Threshold> thresholds(acquisitions.begin(), acquisitions.end());
  for (std::size_t t = 0; t < thresholds.size(); ++t) {
    if (chance(thresholds, t) < improbable) continue;
    for (SummedAcquisition& acquisition : acquisitions[t]) {
      if (acquisition.quality == AcquisitionQuality::empty) acquisition.quality = AcquisitionQuality::good;
    }
  }
}

}  // namespace velocal
