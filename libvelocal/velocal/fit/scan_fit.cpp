// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/scan_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "velocal/core/error.hpp"

namespace velocal {

PixelFits pixel_fits(CurveFits fits) {
  PixelFits maps;
  if (fits.status.size() != maps.status.size()) {
    throw UsageError(fmt::format("{} fits are not those of a chip", fits.status.size()),
                     fmt::format("it has {} pixels", maps.status.size()));
  }
  for (std::size_t pixel = 0; pixel < maps.status.size(); ++pixel) {
    maps.status[pixel] = static_cast<std::int8_t>(fits.status[pixel]);
    maps.reason[pixel] = static_cast<std::uint8_t>(fits.reason[pixel]);
  }
  for (CurveParameter& each : fits.parameters) {
    maps.parameters.push_back({std::move(each.name), std::move(each.unit), PixelMatrix<double>(std::move(each.value)),
                               PixelMatrix<double>(std::move(each.error))});
    if (each.error_low.empty()) continue;
    maps.parameters.back().error_low.emplace(std::move(each.error_low));
    maps.parameters.back().error_high.emplace(std::move(each.error_high));
  }
  for (const DroppedPoint& point : fits.dropped) ++maps.dropped[point.curve];
  maps.chi2 = PixelMatrix<double>(std::move(fits.chi2));
  maps.ndf = PixelMatrix<std::int32_t>(std::move(fits.ndf));
  maps.mean_evaluations = fits.mean_evaluations;
  return maps;
}

const ParameterMap* PixelFits::find(std::string_view parameter) const {
  const auto found = std::ranges::find(parameters, parameter, &ParameterMap::name);
  return found == parameters.end() ? nullptr : &*found;
}

Uncertain CurveFit::parameter(std::string_view name) const {
  const auto position = std::ranges::find(names, name);
  const auto index = static_cast<std::size_t>(position - names.begin());
  return index < parameters.size() ? parameters[index] : Uncertain{};
}

StatusCounts count_statuses(const PixelFits& fits) {
  StatusCounts counts;
  for (std::size_t pixel = 0; pixel < fits.status.size(); ++pixel) {
    switch (fits.status_of(pixel)) {
      case PixelStatus::good: ++counts.good; break;
      case PixelStatus::bad: ++counts.bad; break;
      case PixelStatus::not_found: ++counts.not_found; break;
      case PixelStatus::cut: ++counts.cut; break;
    }
    const auto reason = static_cast<StatusReason>(fits.reason[pixel]);
    if (reason == StatusReason::masked) ++counts.masked;
    if (reason == StatusReason::outside_group) ++counts.outside;
  }
  return counts;
}

}  // namespace velocal
