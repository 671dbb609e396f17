// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/fit_doubts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "stages/fit_report.hpp"

namespace velocal {
namespace {

std::vector<int> thresholds_left_out(const ThresholdReport& report, ThresholdUse why) {
  std::vector<int> found;
  for (std::size_t t = 0; t < report.threshold.size(); ++t) {
    if (report.use[t] == why) found.push_back(report.threshold[t]);
  }
  return found;
}

/// Those that more than one fitted pixel in fifty left out by itself.
std::vector<int> often_dropped(const ScanFit& fit) {
  constexpr double share = 0.02;
  const StatusCounts counts = count_statuses(fit.pixels);
  const auto fitted = static_cast<double>(counts.good + counts.bad);
  std::vector<int> found;
  for (std::size_t t = 0; t < fit.thresholds.threshold.size(); ++t) {
    if (fit.thresholds.dropped[t] > share * fitted) found.push_back(fit.thresholds.threshold[t]);
  }
  return found;
}

/// Errors are 5 % too small or more, and that is no chance.
bool doubtful(Uncertain dispersion) {
  return dispersion.value >= 1.1 && dispersion.value > 1.0 + 3.0 * dispersion.error;
}

/// What rejects these thresholds in the descriptor.
std::string rejection_of(const std::vector<int>& thresholds, const AcquisitionRange& acquisitions) {
  std::vector<std::string> entries;
  for (const int threshold : thresholds) {
    entries.push_back(fmt::format("{{threshold: {}, acquisition: [{}, {}]}}", threshold, acquisitions.first,
                                  acquisitions.first + acquisitions.count - 1));
  }
  return fmt::format("reject: {{acquisitions: [{}]}}", fmt::join(entries, ", "));
}

}  // namespace

std::vector<std::string> doubts_of(const ScanFit& fit, const ScanSettings& scan) {
  std::vector<std::string> doubts;
  if (fit.background_assumed) {
    doubts.push_back(fmt::format(
        "the scan ends too near the photon line to tell the background. {:.2g} hits/s per pixel are assumed; set "
        "background of fit in the descriptor where it is known",
        fit.background));
  }
  if (const auto glitches = thresholds_left_out(fit.thresholds, ThresholdUse::glitch); !glitches.empty()) {
    doubts.push_back(
        fmt::format("nearly all pixels count too much or too little at threshold {}, and not beside it. No fit takes "
                    "it; look which "
                    "acquisition is wrong, or write into the scan of the descriptor:\n    {}",
                    fmt::join(glitches, ", "), rejection_of(glitches, scan.acquisitions)));
  }
  if (const auto noise = thresholds_left_out(fit.thresholds, ThresholdUse::noise); !noise.empty()) {
    doubts.push_back(fmt::format("nearly all pixels count noise up to threshold {}. No fit takes these {} thresholds",
                                 noise.back(), noise.size()));
  }
  if (const auto often = often_dropped(fit); !often.empty()) {
    doubts.push_back(
        fmt::format("many pixels count too much or too little at threshold {}, and fit without it. Look which "
                    "acquisition is wrong, "
                    "or write into the scan of the descriptor:\n    {}",
                    fmt::join(often, ", "), rejection_of(often, scan.acquisitions)));
  }
  if (const FullCounters full = full_counters(fit); full.cut + full.others > 0) {
    doubts.push_back(
        fmt::format("the pixels' counters are full at {} hits. {} pixels are cut as saturated, and {} others lose the "
                    "thresholds where theirs is full; a shorter shutter keeps them",
                    fit.counter, full.cut, full.others));
  }
  if (doubtful(fit.dispersion) && fit.settings.covariance != Covariance::dispersed) {
    doubts.push_back(fmt::format(
        "the counts vary {:.2f} times as much as single photons let them. Uncertainties are too small, and good pixels "
        "are taken for bad; set covariance: dispersed of fit in the descriptor",
        fit.dispersion.value));
  }
  return doubts;
}

std::optional<PixelMask> noisy_mask(const PixelFits& pixels) {
  PixelMask mask;
  bool found = false;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const auto why = static_cast<StatusReason>(pixels.reason[pixel]);
    found = found || why == StatusReason::noisy;
    mask[pixel] = why == StatusReason::noisy || why == StatusReason::masked ? 1 : 0;
  }
  return found ? std::optional(mask) : std::nullopt;
}

}  // namespace velocal
