// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/pixel_means.hpp"

#include <fmt/format.h>

namespace velocal {

Json to_json(const PixelMeans& means) {
  return {{"pixels", means.pixels},
          {"mean", means.mean},
          {"standard_deviation", means.standard_deviation},
          {"mean_error", means.mean_error}};
}

std::string columns(std::string_view first, std::string_view second) {
  return fmt::format("{:<24} {}", first, second);
}

}  // namespace velocal
