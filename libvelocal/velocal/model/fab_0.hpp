// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/model/shelf_and_step.hpp"

namespace velocal::models {

/// F1_0 with free amplitudes of shelf (A) and step (B).
/// Source: docs/physics.md.
struct FAB_0 : FreeShelfAndStep<terms::SmearedShelf> {
  static constexpr std::string_view name = "FAB_0";
  static constexpr std::string_view formula =
      "A [s/sqrt(pi) exp(-(d/s)^2) - d erfc(d/s)] + B erfc(d/(sqrt(2) s))/(sqrt(2 pi) s), d = E - E0";
};

}  // namespace velocal::models
