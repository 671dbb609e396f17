// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fit_vocabulary.hpp"

#include "velocal/fit/problem/statistic.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal {

Vocabulary fit_vocabulary() {
  return {ModelRegistry::instance().parameter_names(), StatisticRegistry::instance().names()};
}

}  // namespace velocal
