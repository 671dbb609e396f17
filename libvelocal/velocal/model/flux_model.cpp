// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/flux_model.hpp"

#include <algorithm>

#include "velocal/core/quantity.hpp"

namespace velocal {

std::size_t FluxModel::index_of(std::string_view parameter) const {
  const auto all = parameters();
  const auto found = std::ranges::find(all, parameter, &ModelParameter::name);
  return static_cast<std::size_t>(found - all.begin());
}

std::size_t FluxModel::amplitude_index() const {
  const auto all = parameters();
  const std::size_t named = index_of(quantity::amplitude);
  if (named < all.size()) return named;
  return static_cast<std::size_t>(std::ranges::find_if(all, &ModelParameter::linear) - all.begin());
}

}  // namespace velocal
