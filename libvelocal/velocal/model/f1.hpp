// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/model/shelf_and_step.hpp"

namespace velocal::models {

/// F1_0 without the exponential of the shelf. Source: docs/physics.md.
struct F1 : SharedShelfAndStep<terms::PlainShelf> {
  static constexpr std::string_view name = "F1";
  static constexpr std::string_view formula =
      "-f A/2 d erfc(d/s) + (1 - f) A/2 erfc(d/(sqrt(2) s))/(sqrt(2 pi) s), d = E - E0";
};

}  // namespace velocal::models
