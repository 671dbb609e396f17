// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/gain_report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "stages/pixel_means.hpp"
#include "velocal/core/sample.hpp"

namespace velocal {
namespace {

/// Offsets over their errors: 0 +- 1 where the noise baseline is the zero, and the errors are right.
Moments offset_pulls(const SourceGain& gain) {
  std::vector<double> pulls;
  for (std::size_t i = 0; i < pixel_count; ++i) pulls.push_back(gain.offset.value[i] / gain.offset.error[i]);
  return moments(finite_values(pulls));
}

void add_lines(ReportText& text, Json& json, const SourceGain& gain) {
  json["lines"] = Json::array();
  for (std::size_t i = 0; i < gain.lines.size(); ++i) {
    const SourceLine& line = gain.lines[i];
    const LineResidual& residual = gain.residuals[i];
    std::string found = fmt::format("{} at {:.6g} eV, {:.1f} +- {:.1f} pairs: {} pixels", line.source, line.energy_eV,
                                    line.pairs.value, line.pairs.error, residual.pixels);
    if (gain.lines.size() > 2)  // two points are always on a straight line
      found += fmt::format(", {:+.4f} +- {:.4f} DAC off", residual.mean.value, residual.mean.error);
    text.line(line.label, found);
    json["lines"].push_back({{"label", line.label},
                             {"source", line.source},
                             {"energy_eV", line.energy_eV},
                             {"pairs", to_json(line.pairs)},
                             {"pixels", residual.pixels},
                             {"residual", to_json(residual.mean)}});
  }
}

void add_statuses(ReportText& text, Json& json, const SourceGain& gain) {
  std::string statuses;
  for (std::size_t i = 0; i < gain_status_names.size(); ++i) {
    const std::size_t pixels = gain.count(static_cast<GainStatus>(i));
    statuses += fmt::format("{}{} {}", i == 0 ? "" : ", ", pixels, gain_status_names[i]);
    json["status"][std::string(gain_status_names[i])] = pixels;
  }
  text.line("pixels", statuses);
}

void add_curve(ReportText& text, Json& json, std::string_view title, const std::string& key, const GainLine& line) {
  json[key] = {{"K", to_json(line.gain)}, {"offset", to_json(line.offset)}, {"chi2", line.chi2}, {"ndf", line.ndf}};
  if (std::isnan(line.gain.value)) return;
  const std::string chi2 = line.ndf == 0 ? "" : fmt::format("  chi2/ndf {:.2f}/{}", line.chi2, line.ndf);
  text.line(title, columns(with_error(line.gain), with_error(line.offset) + chi2));
}

void add_pixels(ReportText& text, const SourceGain& gain) {
  const PixelMeans &k = gain.gain_means, &offset = gain.offset_means;
  text.line("mean", columns(with_error({k.mean, k.mean_error}), with_error({offset.mean, offset.mean_error})));
  text.line("spread", columns(fmt::format("{:.4f}", k.standard_deviation),
                              fmt::format("{:.4f} over {} pixels", offset.standard_deviation, offset.pixels)));
  text.line("common", columns(fmt::format("+-{:.4f}", gain.common_gain_error),
                              fmt::format("+-{:.4f} to all pixels", gain.common_offset_error)));
}

}  // namespace

Report gain_report(std::string_view title, const SourceGain& gain) {
  ReportText text(fmt::format("{}: gain and zero from {} sources", title, gain.lines.size()));
  Json json{{"K", to_json(gain.gain_means)},
            {"K_common_error", gain.common_gain_error},
            {"offset", to_json(gain.offset_means)},
            {"offset_common_error", gain.common_offset_error},
            {"one_baseline", gain.one_baseline}};
  add_lines(text, json, gain);
  add_statuses(text, json, gain);
  const bool has_gain = gain.gain_means.pixels > 0;
  if (has_gain || !std::isnan(gain.asic.gain.value)) text.line("", columns("K [e-/DAC]", "offset [DAC]"));
  if (has_gain) add_pixels(text, gain);
  add_curve(text, json, "ASIC", "asic", gain.asic);
  add_curve(text, json, "ASICgood", "asic_good", gain.asic_good);
  const Moments pulls = offset_pulls(gain);
  json["offset_pulls"] = {{"mean", pulls.mean}, {"width", pulls.standard_deviation}};
  if (has_gain) {
    text.line("zero", fmt::format("pulls of the offset: mean {:+.3f}, width {:.3f}; errors of {}", pulls.mean,
                                  pulls.standard_deviation,
                                  gain.one_baseline ? "lines and the one baseline" : "lines and their own baselines"));
  }
  return {text.text(), json};
}

}  // namespace velocal
