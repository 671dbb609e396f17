// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "shell/program.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// velocal-recipe: fit.h5 and matrices.h5 become the global threshold for a charge, and the trims that equalise it.
class RecipeStage {
 public:
  /// `--charge`, which plan() cannot do without. The stage must live as long as the option.
  ProgramOption charge_option();

  /// Throws UsageError when no charge was given.
  Step plan(const Session& session, const ScanSettings& scan) const;
  Report run(const Session& session, const ScanSettings& scan) const;

 private:
  std::optional<double> charge_;  ///< electrons
};

}  // namespace velocal
