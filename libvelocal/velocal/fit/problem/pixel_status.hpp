// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace velocal {

/// How the fit of a pixel ended. The numbers are promised to those who read our files.
enum class PixelStatus : std::int8_t { good = 1, bad = 0, not_found = -1, cut = -2 };

/// Why a pixel has the status it has; the order is that of the names in fit.h5.
enum class StatusReason : std::uint8_t {
  none,                 ///< good
  goodness_of_fit,      ///< bad: chi2 outside its range at the chosen significance
  parameter_domain,     ///< bad: converged where the model has no physical meaning (a parameter <= 0, ...)
  zero_inside,          ///< not found: a zero between two counts has no finite Neyman residual
  too_few_points,       ///< not found: no more points than parameters
  no_convergence,       ///< not found: the minimiser gave up
  singular_covariance,  ///< not found: the points do not determine all parameters
  width_unresolved,     ///< bad (likelihoods): chi2 falls on as a width goes to 0, far below the threshold step
  too_many_zeros,       ///< cut: share of thresholds without a hit >= max_zero_fraction
  no_hits,              ///< cut: nothing counted at all
  no_baseline,          ///< cut: the fit needs the pixel's baseline, and there is none
  masked,               ///< cut
  outside_group,        ///< cut
  no_line,              ///< bad: a smooth curve without a line describes the points nearly as well
  undetermined,         ///< bad: the line's uncertainty is 0.15 of the scan or more, or an error is not finite
  noisy,                ///< cut: far more counts at the highest thresholds than nearly all other curves have
  saturated,            ///< cut: the counter is expected to be full in most of the plateau below the line
};

inline constexpr std::array<std::string_view, 17> status_reason_names{"none",
                                                                      "goodness of fit",
                                                                      "parameter outside domain",
                                                                      "zero inside the range",
                                                                      "too few points",
                                                                      "no convergence",
                                                                      "singular covariance",
                                                                      "width unresolved",
                                                                      "too many zeros",
                                                                      "no hits",
                                                                      "no baseline",
                                                                      "masked",
                                                                      "outside the group",
                                                                      "no line",
                                                                      "undetermined",
                                                                      "noisy",
                                                                      "saturated"};

/// What pixels of that reason have, and what helps when they are many: "36487 pixels <…>". Empty: there is no advice.
inline constexpr std::array<std::string_view, status_reason_names.size()> status_reason_advice{
    "",
    "do not follow the model: velocal-plot residuals shows where; another model may",
    "converge where the model has no meaning: another model may fit them",
    "have a zero between two counts: statistic: poisson fits them",
    "have no more points than the model has parameters: more thresholds help",
    "do not converge: start: auto, or other start values help",
    "do not determine all parameters: a model with fewer, or shared ones, helps",
    "have a line narrower than the thresholds' step: a smaller step resolves it",
    "have no hit at most thresholds: statistic: poisson fits them",
    "have no hit at all: is the source in front of the chip, and does the scan reach below the line?",
    "have no baseline: is this the chip's equalisation (baseline.folder)?",
    "",
    "",
    "show no line: does the scan begin below the line and end above it, and is the shutter open long enough?",
    "do not determine the line: more acquisitions, or thresholds on both sides of the line, help",
    "count on far above the line: noisy_mask.csv beside the fit masks them",
    "have full counters in the plateau: a shorter shutter keeps them"};

/// The status that a reason stands for.
constexpr PixelStatus status_of(StatusReason reason) {
  switch (reason) {
    case StatusReason::none: return PixelStatus::good;
    case StatusReason::goodness_of_fit:
    case StatusReason::parameter_domain:
    case StatusReason::width_unresolved:
    case StatusReason::no_line:
    case StatusReason::undetermined: return PixelStatus::bad;
    case StatusReason::zero_inside:
    case StatusReason::too_few_points:
    case StatusReason::no_convergence:
    case StatusReason::singular_covariance: return PixelStatus::not_found;
    case StatusReason::too_many_zeros:
    case StatusReason::no_hits:
    case StatusReason::no_baseline:
    case StatusReason::masked:
    case StatusReason::outside_group:
    case StatusReason::noisy:
    case StatusReason::saturated: return PixelStatus::cut;
  }
  return PixelStatus::cut;
}

}  // namespace velocal
