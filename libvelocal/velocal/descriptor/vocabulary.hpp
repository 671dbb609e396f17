// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace velocal {

/// Names of the models and, in order, of each one's parameters: what start values are checked against.
using ModelParameters = std::map<std::string, std::vector<std::string>>;

/// Names that settings may have and that other layers define; descriptors know none of their own.
struct Vocabulary {
  ModelParameters models = {};               ///< ModelRegistry::parameter_names()
  std::vector<std::string> statistics = {};  ///< StatisticRegistry::names()
  std::vector<std::string> sources = {};     ///< built_in_source_names()
  std::vector<std::string> estimators = {};  ///< noise_estimator_names()
};

}  // namespace velocal
