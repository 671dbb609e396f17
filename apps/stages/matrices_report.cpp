// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/matrices_report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "stages/fit_report.hpp"
#include "stages/pixel_means.hpp"
#include "velocal/core/quantity.hpp"

namespace velocal {
namespace {

Json target_and_gain(const Json& target, const Json& gain) {
  return {{std::string(quantity::target), target}, {std::string(quantity::gain), gain}};
}

void add_asic(ReportText& text, Json& json, std::string_view title, const std::string& key,
              const AsicCalibration& asic) {
  if (!std::isnan(asic.target.value)) text.line(title, columns(with_error(asic.target), with_error(asic.gain)));
  json[key] = target_and_gain(to_json(asic.target), to_json(asic.gain));
}

void add_budget(ReportText& text, Json& json, const Calibration& calibration) {
  const Budget& budget = calibration.budget;
  if (budget.rows.empty()) return;
  const auto line = [&](std::string_view title, double target, double gain, std::string_view remark) {
    text.line(title, columns(fmt::format("+-{:.4f}", target), fmt::format("+-{:.4f}{}", gain, remark)));
  };
  text.line("uncertainty", "of each pixel (median), and common to all");
  for (const auto& [cause, common, target, gain] : budget.rows) {
    line(cause, target, gain, common ? " common" : " each pixel");
    json["budget"].push_back({{"cause", cause}, {"common", common}, {"target", target}, {"K", gain}});
  }
  line("all common", budget.common_target(), budget.common_gain(), "");
  json["common_error"] = target_and_gain(budget.common_target(), budget.common_gain());
}

void add_truth(ReportText& text, Json& json, const TruthComparison& truth) {
  json["truth"] = {{"target_difference", truth.difference.target},
                   {"K_difference", truth.difference.gain},
                   {"pulls_E0", {{"pixels", truth.pulls}, {"mean", truth.pull_mean}, {"width", truth.pull_width}}}};
  if (truth.pixels == 0) return;
  text.line("off the truth", columns(fmt::format("{:+.4f}", truth.difference.target),
                                     fmt::format("{:+.4f} (means over the same pixels)", truth.difference.gain)));
  text.line("pulls of E0",
            fmt::format("mean {:+.3f}, width {:.3f} over {} pixels", truth.pull_mean, truth.pull_width, truth.pulls));
}

void add_distance(ReportText& text, Json& json, const DistanceGain& distance) {
  text.line("line distance",
            columns(fmt::format("zero {:+.2f} +- {:.2f}", distance.zero.value, distance.zero.error),
                    fmt::format("{} +- {:.4f} (systematic)", with_error(distance.gain), distance.systematic)));
  json["line_distance"] = {
      {"zero", to_json(distance.zero)}, {"K", to_json(distance.gain)}, {"K_systematic", distance.systematic}};
}

}  // namespace

Report matrices_report(std::string_view title, const Calibration& calibration,
                       const std::optional<TruthComparison>& truth, const std::optional<DistanceGain>& distance) {
  const PixelMeans& target = calibration.target_means;
  const PixelMeans& gain = calibration.gain_means;
  ReportText text(fmt::format("{}: target and gain", title));
  Json json{{"pixels", status_json(calibration.statuses)}};
  json.update(target_and_gain(to_json(target), to_json(gain)));
  text.line("source", calibration.source.text());
  json["source"] = source_json(calibration.source);
  text.line("pixels", status_text(calibration.statuses));
  if (gain.pixels == 0) text.line("K", "no pixel has one: the scan has no row in the results collection");
  if (target.pixels > 0 || !std::isnan(calibration.asic.target.value)) {
    text.line("", columns("target [DAC]", "K [e-/DAC]"));
  }
  if (target.pixels > 0)
    text.line("mean", columns(with_error({target.mean, target.mean_error}), with_error({gain.mean, gain.mean_error})));
  if (target.pixels > 0) {
    text.line("spread", columns(fmt::format("{:.4f}", target.standard_deviation),
                                fmt::format("{:.4f} over {} pixels", gain.standard_deviation, gain.pixels)));
  }
  add_asic(text, json, "ASIC", "asic", calibration.asic);
  add_asic(text, json, "ASICgood", "asic_good", calibration.asic_good);
  add_budget(text, json, calibration);
  if (distance) add_distance(text, json, *distance);
  if (truth) add_truth(text, json, *truth);
  return {text.text(), json};
}

}  // namespace velocal
