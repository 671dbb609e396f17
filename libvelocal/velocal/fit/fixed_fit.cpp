// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fixed_fit.hpp"

#include <array>

#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/fit/minimise/partial_model.hpp"

namespace velocal {

FixedFits fit_fixed(const Curves& pixels, const FluxModel& model, const CurveSettings& settings, const CurveFit& asic,
                    Progress& progress) {
  FixedFits fixed;
  const ModelParameter& amplitude = model.parameters()[model.amplitude_index()];
  fixed.amplitude.name = amplitude.name;
  fixed.amplitude.unit = amplitude.unit;
  if (!asic.found) {
    fixed.status = PixelMatrix<std::int8_t>(static_cast<std::int8_t>(PixelStatus::not_found));
    return fixed;
  }
  std::array<double, max_parameters> values{};
  for (std::size_t k = 0; k < asic.parameters.size(); ++k) values[k] = asic.parameters[k].value;
  const std::array free{model.amplitude_index()};
  CurveSettings own_points = settings;
  own_points.start.clear();
  PixelFits fits = pixel_fits(fit_curves(pixels, PartialModel(model, values, free), own_points, progress));
  fixed.status = std::move(fits.status);
  fixed.amplitude = std::move(fits.parameters.front());
  return fixed;
}

}  // namespace velocal
