// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/model/shelf_and_step.hpp"

namespace velocal::models {

/// Charge-sharing shelf and photo-peak step of one width s; f is the share of the shelf, A the overall amplitude.
/// The default model. Source: docs/physics.md.
struct F1_0 : SharedShelfAndStep<terms::SmearedShelf> {
  static constexpr std::string_view name = "F1_0";
  static constexpr std::string_view formula =
      "f A/2 [s/sqrt(pi) exp(-(d/s)^2) - d erfc(d/s)] + (1 - f) A/2 erfc(d/(sqrt(2) s))/(sqrt(2 pi) s), d = E - E0";
};

}  // namespace velocal::models
