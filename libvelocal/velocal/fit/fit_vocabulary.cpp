// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fit_vocabulary.hpp"

#include "velocal/fit/problem/statistic.hpp"
#include "velocal/model/model_registry.hpp"
#include "velocal/model/source_lines.hpp"

namespace velocal {

Vocabulary fit_vocabulary() {
  const auto sources = built_in_source_names();
  return {ModelRegistry::instance().parameter_names(),
          StatisticRegistry::instance().names(),
          {sources.begin(), sources.end()}};
}

}  // namespace velocal
