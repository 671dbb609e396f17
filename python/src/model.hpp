// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "velocal/velocal.hpp"

namespace velocal::python {

/// A flux model as Python holds it: one of the registry, or one made for a source.
struct Model {
  std::shared_ptr<const FluxModel> of;
};

}  // namespace velocal::python
