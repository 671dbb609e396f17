// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal {

/// Levenberg-Marquardt for many small problems: value, gradient and normal equations in one pass over the points, no
/// memory allocated. Damping after Nielsen (IMM-REP-1999-05, Technical University of Denmark).
///
/// Our statistics are least squares with weights: fixed ones (neyman), or 1/mu renewed in each pass (poisson), which
/// converges to the maximum of the likelihood (Dembinski et al., arXiv:1807.07911). A step that does not lower chi2, or
/// makes mu negative, is refused.
///
/// The normal equations leave out the second derivatives of the model. Near the minimum their steps are therefore wrong
/// by a share that hardly changes. It is read off the last step and corrected for (Anderson, J. ACM 12 (1965) 547).
///
/// Converged when the last step is foreseen to leave less than 1e-10 of chi2 to fall: the parameters then stand within
/// about 1e-5 of their uncertainties from the minimum (seen: at most 4e-5). Given up after 500 evaluations, which a
/// few counts on a narrow line can need.
///
/// A path of many steps magnifies rounding errors, which differ between SIMD levels. Moves and damping are therefore
/// rounded, to so few digits that all levels take the same ones: parameters then agree to 1e-9, most to the last bit
/// (docs/performance.md, "Choices of the fast engine").
class LevenbergMarquardt final : public Minimiser {
 public:
  MinimiserResult minimise(const FitProblem& problem, std::span<double> parameters, Evaluation& at) override;
};

}  // namespace velocal
