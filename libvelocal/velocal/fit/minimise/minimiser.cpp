// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/minimiser.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "velocal/core/error.hpp"
#include "velocal/fit/minimise/gsl_minimiser.hpp"
#include "velocal/fit/minimise/levenberg_marquardt.hpp"

namespace velocal {

std::span<const std::string_view> minimiser_names() {
  static constexpr std::array<std::string_view, 2> names{"fast", "gsl"};
  return names;
}

std::unique_ptr<Minimiser> make_minimiser(std::string_view engine, std::size_t max_points, std::size_t parameters) {
  if (engine == "fast") return std::make_unique<LevenbergMarquardt>();
  if (engine == "gsl") return std::make_unique<GslMinimiser>(max_points, parameters);
  throw UsageError(fmt::format("there is no fit engine \"{}\"", engine),
                   fmt::format("there are {}", fmt::join(minimiser_names(), ", ")), "Take one of these");
}

}  // namespace velocal
