// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/model/flux_model.hpp"

namespace velocal {

/// The flux models by name. Ours are there from the start; others add theirs with add() before they are asked for
/// (examples/own_model.cpp). Not to be changed while other threads read it.
class ModelRegistry {
 public:
  /// The one registry of the process.
  static ModelRegistry& instance();

  /// Throws UsageError when the name is taken, there is no amplitude (FluxModel::amplitude_index) or E0, or fits cannot
  /// take the model (require_valid()).
  void add(std::unique_ptr<const FluxModel> model);
  /// Throws UsageError naming the models there are.
  const FluxModel& get(std::string_view name) const;
  std::vector<std::string> names() const;  ///< sorted
  /// Names of each model's parameters, in order: what descriptors are checked against.
  std::map<std::string, std::vector<std::string>> parameter_names() const;

 private:
  ModelRegistry();
  std::map<std::string, std::unique_ptr<const FluxModel>, std::less<>> models_;
};

}  // namespace velocal
