// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/scan_fit.hpp"

#include <algorithm>

namespace velocal {

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
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
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
