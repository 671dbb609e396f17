// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "stages/fit_doubts.hpp"
#include "stages/fit_report.hpp"
#include "stages/losses.hpp"

namespace velocal {
namespace {

enum class Level { good, doubtful, bad };
constexpr std::array<std::string_view, 3> level_names{"good", "doubtful", "bad"};

class Verdict {
 public:
  void add(Level level, std::string text) {
    worst_ = std::max(worst_, level);
    reasons_.push_back({{"level", name(level)}, {"text", std::move(text)}});
  }
  Json json() const { return {{"light", name(worst_)}, {"reasons", reasons_}}; }

 private:
  static std::string_view name(Level level) { return level_names.at(static_cast<std::size_t>(level)); }
  Level worst_ = Level::good;
  Json reasons_ = Json::array();
};

/// A verdict on one stage's result; nothing where it is up to date.
void judge_stage(Verdict& verdict, const ReportedStage& stage) {
  const std::string file = std::filesystem::path(stage.file).filename().string();
  if (stage.state == "missing") {
    verdict.add(Level::doubtful, fmt::format("{} is missing. Run {}", file, stage.command));
  } else if (stage.state == "damaged") {
    verdict.add(Level::bad, fmt::format("{} cannot be read: {}. Run {}", file, stage.reason, stage.command));
  } else if (stage.state == "cannot be compared") {
    verdict.add(Level::doubtful, fmt::format("{} cannot be compared: {}", file, stage.reason));
  } else if (stage.state == "stale") {
    verdict.add(Level::bad, fmt::format("{} is stale: {}. Run {}", file, stage.reason, stage.command));
  }
}

void judge_stages(Verdict& verdict, const ReportedScan& scan) {
  for (const ReportedStage& stage : scan.stages) judge_stage(verdict, stage);
  const auto is_whole = [](const ReportedStage& stage) { return stage.state == "up to date"; };
  if (std::ranges::all_of(scan.stages, is_whole)) {
    verdict.add(Level::good, "All results are there and belong together.");
  }
}

void judge_flux(Verdict& verdict, const FluxCube& flux) {
  if (!flux.mask_found) verdict.add(Level::doubtful, "The scan has no mask file: no pixel is masked.");
  const auto lost = std::ranges::count_if(flux.acquisitions, [](const auto& tally) { return tally.good == 0; });
  if (lost > 0) {
    verdict.add(Level::doubtful,
                fmt::format("{} of {} thresholds have no good acquisition.", lost, flux.threshold_count()));
  }
}

/// A residual of this share of the flux at E0 shows a shape that the model does not have.
constexpr double large_residual_share = 0.01;

void judge_residuals(Verdict& verdict, const StackedResiduals& stack) {
  const ResidualSummary summary = summarise(stack);
  if (summary.bins == 0) return;
  const bool real = std::abs(summary.significance) >= significant_residual;
  const bool large = std::abs(summary.share) >= large_residual_share;
  verdict.add(real && large ? Level::doubtful : Level::good,
              fmt::format("The largest stacked residual is {:+.2g} % of the flux at E0, {:.1f} standard deviations{}",
                          100.0 * summary.share, std::abs(summary.significance),
                          real && large ? ": the model has another shape than the data." : "."));
}

/// Chips that are used have some tens of masked pixels.
constexpr double large_masked_share = 0.05;

void judge_fit(Verdict& verdict, const Session& session, const ReportedScan& scan) {
  const ScanFit& fit = *scan.fit;
  const StatusCounts counts = count_statuses(fit.pixels);
  const std::string loss = loss_of_pixels(session, scan.settings, {counts.good, counts.live()}, "good fit");
  const double share = counts.live() == 0 ? 0.0 : static_cast<double>(counts.good) / static_cast<double>(counts.live());
  const Level level = !loss.empty() || counts.good == 0 ? Level::bad : share < 0.9 ? Level::doubtful : Level::good;
  verdict.add(
      level, fmt::format("{} of {} live pixels have a good fit: {:.2f} %.", counts.good, counts.live(), 100.0 * share));
  const double masked = static_cast<double>(counts.masked) / pixel_count;
  if (masked > large_masked_share) {
    verdict.add(Level::doubtful, fmt::format("{:.1f} % of the pixels are masked.", 100.0 * masked));
  }
  for (const std::string& doubt : doubts_of(fit, scan.settings)) verdict.add(Level::doubtful, "Doubt: " + doubt + ".");
  judge_residuals(verdict, fit.residuals);
}

void judge_calibration(Verdict& verdict, const Session& session, const ReportedScan& scan) {
  const Calibration& calibration = *scan.calibration;
  const std::string loss =
      loss_of_pixels(session, scan.settings, {calibration.gain_means.pixels, calibration.statuses.live()}, "gain");
  if (!loss.empty()) verdict.add(Level::bad, "Loss: " + loss + ".");
}

}  // namespace

Json verdict_json(const Session& session, const ReportedScan& scan) {
  Verdict verdict;
  judge_stages(verdict, scan);
  if (scan.fit) judge_fit(verdict, session, scan);
  if (scan.calibration) judge_calibration(verdict, session, scan);
  if (scan.flux && scan.live.is_null()) judge_flux(verdict, *scan.flux);
  return verdict.json();
}

}  // namespace velocal
