// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/fit_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/problem/statistic.hpp"

namespace velocal {
namespace {

struct LiveCounts {
  std::size_t cut;
  std::size_t live;
};

/// Masked pixels and those outside the group cannot be good: only the others, the live ones, count in shares.
LiveCounts live_counts(const StatusCounts& counts) {
  const std::size_t cut = counts.cut - counts.masked - counts.outside;
  return {cut, counts.good + counts.bad + counts.not_found + cut};
}

using ReasonCounts = std::array<std::size_t, status_reason_names.size()>;

ReasonCounts count_reasons(const PixelFits& pixels) {
  ReasonCounts counts{};
  for (const std::uint8_t reason : pixels.reason) ++counts.at(reason);
  return counts;
}

void add_reasons(ReportText& text, Json& json, const PixelFits& pixels) {
  const ReasonCounts counts = count_reasons(pixels);
  Json reasons = Json::object();
  std::string line;
  for (std::size_t reason = 1; reason < counts.size(); ++reason) {
    if (counts[reason] == 0) continue;
    line += fmt::format("{}{} {}", line.empty() ? "" : ", ", counts[reason], status_reason_names[reason]);
    reasons[std::string(status_reason_names[reason])] = counts[reason];
  }
  if (!line.empty()) text.line("reasons", line);
  json["reasons"] = reasons;
}

void add_curve(ReportText& text, Json& json, std::string_view name, const CurveFit& fit) {
  Json parameters = Json::object();
  std::string line;
  for (std::size_t i = 0; i < fit.names.size(); ++i) {
    const Uncertain value = fit.found ? fit.parameters.at(i) : Uncertain{};
    line += fmt::format("{}{} {:.6g} +- {:.2g}", line.empty() ? "" : ", ", fit.names[i], value.value, value.error);
    parameters[fit.names[i]] = {{"value", value.value}, {"error", value.error}, {"unit", fit.units.at(i)}};
  }
  text.line(name, fit.found ? fmt::format("{}; chi2/ndf {:.4g}/{}", line, fit.chi2, fit.ndf) : "no fit found");
  json[std::string(name)] = {{"found", fit.found}, {"parameters", parameters}, {"chi2", fit.chi2}, {"ndf", fit.ndf}};
}

/// Pixels whose lines were placed by the chip's mean baseline, for want of their own.
void add_borrowed_baselines(ReportText& text, Json& json, const ScanFit& fit) {
  if (!fit.baseline || !model_of(fit)->above_baseline()) return;
  std::size_t borrowed = 0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (fit.pixels.good(pixel) && !fit.baseline->found(pixel)) ++borrowed;
  }
  json["mean_baseline_taken"] = borrowed;
  if (borrowed > 0) text.line("baseline", fmt::format("{} good pixels have none and take the chip's mean", borrowed));
}

void add_shared(ReportText& text, Json& json, const std::vector<SharedParameter>& shared) {
  for (const SharedParameter& parameter : shared) {
    const double effect = std::abs(parameter.line_slope * parameter.value.error);
    text.line("shared", fmt::format("{} {:.5g} +- {:.2g}{}{} from {} pixels; +-{:.2g} DAC on all targets",
                                    parameter.name, parameter.value.value, parameter.value.error,
                                    parameter.unit.empty() ? "" : " ", parameter.unit, parameter.curves, effect));
    json["shared"][parameter.name] = {{"value", parameter.value.value},
                                      {"error", parameter.value.error},
                                      {"unit", parameter.unit},
                                      {"pixels", parameter.curves},
                                      {"target_error", effect}};
  }
}

void add_thresholds(ReportText& text, Json& json, const ThresholdReport& report) {
  std::string line;
  Json left_out = Json::array();
  std::size_t dropped = 0;
  for (std::size_t t = 0; t < report.threshold.size(); ++t) {
    dropped += report.dropped[t];
    if (report.use[t] == ThresholdUse::used || report.use[t] == ThresholdUse::outside_range) continue;
    const auto why = threshold_use_names.at(static_cast<std::size_t>(report.use[t]));
    line += fmt::format("{}{} ({})", line.empty() ? "" : ", ", report.threshold[t], why);
    left_out.push_back({{"threshold", report.threshold[t]}, {"why", why}});
  }
  json["thresholds_left_out"] = left_out;
  json["outliers"] = dropped;
  if (!line.empty()) text.line("left out", "thresholds " + line);
  if (dropped == 0) return;
  const auto most = static_cast<std::size_t>(std::ranges::max_element(report.dropped) - report.dropped.begin());
  text.line("outliers", fmt::format("{} single counts left out, most of them at {} DAC ({} pixels)", dropped,
                                    report.threshold[most], report.dropped[most]));
}

void add_residuals(ReportText& text, Json& json, const StackedResiduals& stack) {
  const ResidualSummary summary = summarise(stack);
  json["residuals"] = {{"pixels", stack.curves}, {"largest", to_json(summary.largest)},  {"offset", summary.offset},
                       {"share", summary.share}, {"significance", summary.significance}, {"chi2", summary.chi2},
                       {"bins", summary.bins}};
  if (summary.bins == 0) return;
  text.line("residuals",
            fmt::format("largest {:+.2g} hits/s ({:+.2g} % of the flux at E0) at E0 {:+} DAC, {:.1f} standard "
                        "deviations; chi2/bins {:.4g}/{}",
                        summary.largest.value, 100.0 * summary.share, summary.offset, std::abs(summary.significance),
                        summary.chi2, summary.bins));
}

void add_counter(ReportText& text, Json& json, const ScanFit& fit) {
  if (fit.counter == 0) return;
  const FullCounters full = full_counters(fit);
  text.line("counter",
            fmt::format("full at {} hits: {} pixels cut, {} others without the {:.1f} thresholds where it is",
                        fit.counter, full.cut, full.others, full.mean_thresholds));
  json["counter"] = {{"full_at", fit.counter},
                     {"cut_pixels", full.cut},
                     {"other_pixels", full.others},
                     {"mean_thresholds", full.mean_thresholds}};
}

}  // namespace

FullCounters full_counters(const ScanFit& fit) {
  FullCounters full;
  double thresholds = 0.0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (static_cast<StatusReason>(fit.pixels.reason[pixel]) == StatusReason::saturated) {
      ++full.cut;
    } else if (fit.pixels.contributes(pixel) && fit.full[pixel] > 0) {
      ++full.others;
      thresholds += fit.full[pixel];
    }
  }
  if (full.others > 0) full.mean_thresholds = thresholds / static_cast<double>(full.others);
  return full;
}

std::string status_text(const StatusCounts& counts) {
  const auto [cut, live] = live_counts(counts);
  const auto share = [live = live](std::size_t pixels) {
    return live == 0 ? 0.0 : 100.0 * static_cast<double>(pixels) / static_cast<double>(live);
  };
  return fmt::format("{} good ({:.2f} %), {} bad ({:.2f} %), {} not found ({:.2f} %), {} cut ({:.2f} %) of {} live",
                     counts.good, share(counts.good), counts.bad, share(counts.bad), counts.not_found,
                     share(counts.not_found), cut, share(cut), live);
}

Json source_json(const PhotonSource& source) {
  Json lines = Json::array();
  for (const PhotonLine& line : source.lines) {
    lines.push_back({{"energy_eV", source.energy_eV * line.energy_ratio}, {"share", line.share}});
  }
  return {{"name", source.name}, {"lines", lines}, {"pair_energy_eV", to_json(source.pair_energy_eV)}};
}

Json status_json(const StatusCounts& counts) {
  const auto [cut, live] = live_counts(counts);
  return {{"live", live},
          {"good", counts.good},
          {"bad", counts.bad},
          {"not_found", counts.not_found},
          {"cut", cut},
          {"masked", counts.masked},
          {"outside_group", counts.outside}};
}

Report fit_report(std::string_view title, const ScanFit& fit) {
  const StatusCounts counts = count_statuses(fit.pixels);
  ReportText text(fmt::format("{}: fit of {}", title, fit.settings.model));
  text.line("source", fit.source.text());
  text.line("pixels", status_text(counts));
  Json json{{"model", fit.settings.model}, {"engine", fit.engine}, {"pixels", status_json(counts)}};
  json["source"] = source_json(fit.source);
  add_reasons(text, json, fit.pixels);
  add_borrowed_baselines(text, json, fit);
  add_shared(text, json, fit.shared);
  if (StatisticRegistry::instance().get(fit.settings.statistic).traits().background) {
    text.line("background", fmt::format("{:.3g} +- {:.2g} hits/s per pixel{}", fit.background, fit.background_error,
                                        fit.background_assumed ? ", assumed and not measured" : ""));
    json["background"] = fit.background;
    json["background_error"] = fit.background_error;
    if (fit.background_assumed) json["background_assumed"] = true;
  }
  add_thresholds(text, json, fit.thresholds);
  add_counter(text, json, fit);
  text.line("dispersion", dispersion_text(fit.dispersion));
  json["dispersion"] = to_json(fit.dispersion);
  add_residuals(text, json, fit.residuals);
  if (fit.fixed) {
    const auto passed = std::ranges::count(fit.fixed->status, static_cast<std::int8_t>(PixelStatus::good));
    text.line("fixed fit", fmt::format("{} good", passed));
    json["fixed_fit_good"] = passed;
  }
  add_curve(text, json, "asic", fit.asic.fit);
  add_curve(text, json, "asic_good", fit.asic_good.fit);
  json["mean_evaluations"] = fit.pixels.mean_evaluations;
  return {text.text(), json};
}

}  // namespace velocal
