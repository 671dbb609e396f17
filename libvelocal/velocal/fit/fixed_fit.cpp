// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fixed_fit.hpp"

#include <array>

#include "velocal/fit/minimise/partial_model.hpp"

namespace velocal {

FixedFits fit_fixed(const PixelFitPlan& plan, const CurveFit& asic, int threads, Progress& progress) {
  FixedFits fixed;
  const ModelParameter& amplitude = plan.model.parameters()[plan.model.amplitude_index()];
  fixed.amplitude.name = amplitude.name;
  fixed.amplitude.unit = amplitude.unit;
  if (!asic.found) {
    fixed.status = PixelMatrix<std::int8_t>(static_cast<std::int8_t>(PixelStatus::not_found));
    return fixed;
  }
  std::array<double, max_parameters> values{};
  for (std::size_t k = 0; k < asic.parameters.size(); ++k) values[k] = asic.parameters[k].value;
  const std::array free{plan.model.amplitude_index()};
  const PartialModel shape(plan.model, values, free);
  PixelFits fits =
      fit_pixels({plan.cube, plan.settings, shape, plan.engine, plan.group, {}, plan.background}, threads, progress);
  fixed.status = std::move(fits.status);
  fixed.amplitude = std::move(fits.parameters.front());
  return fixed;
}

}  // namespace velocal
