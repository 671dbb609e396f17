// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/chip_numbers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/core/sample.hpp"

namespace velocal {
namespace {

/// The chip's value where it is shared, else the mean over the pixels.
Uncertain parameter_of_chip(const ScanFit& fit, std::string_view name) {
  const auto shared = std::ranges::find(fit.shared, name, &SharedParameter::name);
  if (shared != fit.shared.end()) return shared->value;
  const ParameterMap* map = fit.pixels.find(name);
  if (map == nullptr) return {};
  const PixelMeans means = pixel_means(map->value);
  return {means.mean, means.mean_error};
}

/// u of a standard deviation over n values that are normally distributed.
Uncertain spread_of(const PixelMeans& means) {
  return {means.standard_deviation, means.standard_deviation / std::sqrt(2.0 * static_cast<double>(means.pixels))};
}

Uncertain good_share_of(const StatusCounts& counts) {
  const auto live = static_cast<double>(counts.live());
  if (live == 0.0) return {};
  const double share = static_cast<double>(counts.good) / live;
  return {share, std::sqrt(share * (1.0 - share) / live)};
}

Uncertain chi2_of(const PixelFits& pixels) {
  std::vector<double> values;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const double value = pixels.chi2[pixel] / pixels.ndf[pixel];
    if (pixels.ndf[pixel] > 0 && std::isfinite(value)) values.push_back(value);
  }
  const Moments found = moments(values);
  return {found.mean, found.mean_error};
}

}  // namespace

std::size_t chip_quantity_index(std::string_view name) {
  const auto found = std::ranges::find(chip_quantities, name, &ChipQuantity::name);
  if (found != chip_quantities.end()) return static_cast<std::size_t>(found - chip_quantities.begin());
  std::vector<std::string_view> names;
  for (const ChipQuantity& quantity : chip_quantities) names.push_back(quantity.name);
  throw UsageError(fmt::format("chips have no {:?}", name), fmt::format("they have {}", fmt::join(names, ", ")),
                   did_you_mean(name, names));
}

ChipValues chip_values(const Calibration& calibration, const ScanFit& fit) {
  const bool measured = fit.background_error > 0.0 || fit.background > 0.0;
  return {Uncertain{calibration.gain_means.mean, calibration.gain_means.mean_error},
          calibration.asic_good.gain,
          spread_of(calibration.gain_means),
          good_share_of(calibration.statuses),
          measured ? Uncertain{fit.background, fit.background_error} : Uncertain{},
          parameter_of_chip(fit, "sigma"),
          parameter_of_chip(fit, "s"),
          fit.dispersion,
          chi2_of(fit.pixels),
          Uncertain{},
          Uncertain{}};
}

void compare_with_reference(ChipValues& values, const ChipValues& reference, std::size_t changed_pixels) {
  const Uncertain& own = values[gain_mean_quantity];
  const Uncertain& other = reference[gain_mean_quantity];
  values[gain_difference_quantity] = {own.value - other.value, std::hypot(own.error, other.error)};
  values[changed_pixels_quantity] = {static_cast<double>(changed_pixels), undefined};
}

std::size_t changed_pixels(const PixelMatrix<std::int8_t>& status, const PixelMatrix<std::int8_t>& reference) {
  std::size_t changed = 0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) changed += status[pixel] != reference[pixel] ? 1u : 0u;
  return changed;
}

}  // namespace velocal
