// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/acquisition_quality.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/core/uncertain.hpp"
#include "velocal/scan/acquisition_hits.hpp"

namespace velocal {
namespace {

constexpr double empty_mean_hits = 1e-9;
constexpr double last_column_tolerance = 0.01;

}  // namespace

bool is_rejected(const RejectSettings& reject, int threshold, int acquisition) {
  return std::ranges::any_of(reject.acquisitions, [&](const RejectedAcquisitions& rule) {
    return rule.threshold.contains(threshold) && rule.acquisition.contains(acquisition);
  });
}

double last_column_mean(const AcquisitionHits& hits, const PixelMask& mask) {
  int pixels = 0;
  for (int row = 0; row < pixel_rows; ++row) pixels += mask(row, pixel_columns - 1) == 0 ? 1 : 0;
  return pixels > 0 ? static_cast<double>(hits.column.back()) / pixels : undefined;
}

AcquisitionQuality quality_of(const AcquisitionHits& hits, const PixelMask& mask, const RejectSettings& reject) {
  if (static_cast<double>(hits.all_pixels) / static_cast<double>(pixel_count) <= empty_mean_hits) {
    return AcquisitionQuality::empty;
  }
  if (reject.last_column_mean &&
      std::abs(last_column_mean(hits, mask) - *reject.last_column_mean) < last_column_tolerance) {
    return AcquisitionQuality::bad;
  }
  return AcquisitionQuality::good;
}

}  // namespace velocal
