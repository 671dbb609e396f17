// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal {

/// Minimiser that knows the bound of a parameter that may vanish, where the statistic is bounded: a minimum beyond it
/// is looked for again with the parameter held at the bound. Other parameters, and other statistics, are left to the
/// minimiser inside.
class BoundedDescent final : public Minimiser {
 public:
  /// `inside`: for `parameters`; at the bound `engine` serves, for one parameter less.
  BoundedDescent(std::unique_ptr<Minimiser> inside, std::span<const ModelParameter> parameters, std::string_view engine,
                 std::size_t max_points);

  MinimiserResult minimise(const FitProblem& problem, std::span<double> parameters, Evaluation& at) override;

 private:
  MinimiserResult minimise_at_bound(const FitProblem& problem, std::span<double> parameters, std::size_t held,
                                    Evaluation& at);
  MinimiserResult return_inside(const FitProblem& problem, std::span<double> parameters, std::size_t held,
                                const MinimiserResult& at_bound, Evaluation& at);

  std::unique_ptr<Minimiser> inside_;
  std::unique_ptr<Minimiser> at_bound_;  ///< null when no parameter may vanish, or none is left
};

}  // namespace velocal
