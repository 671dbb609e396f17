// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/model/shelf_and_step.hpp"

namespace velocal::models {

/// FAB_0 without the exponential of the shelf. Source: docs/physics.md.
struct FAB : FreeShelfAndStep<terms::PlainShelf> {
  static constexpr std::string_view name = "FAB";
  static constexpr std::string_view formula = "-A d erfc(d/s) + B erfc(d/(sqrt(2) s))/(sqrt(2 pi) s), d = E - E0";
};

}  // namespace velocal::models
