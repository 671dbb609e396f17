// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/baseline_report.hpp"

#include <fmt/format.h>

#include <numeric>

#include "velocal/core/sample.hpp"

namespace velocal {
namespace {

/// The pixels' values that are usable.
std::vector<double> usable_values(const PixelNoise& noise, const PixelMatrix<double>& matrix) {
  std::vector<double> values;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (noise.usable(i)) values.push_back(matrix[i]);
  }
  return values;
}

std::string with_spread(const Moments& moments) {
  return fmt::format("{:.2f} DAC (spread {:.2f})", moments.mean, moments.standard_deviation);
}

Json to_json(const Moments& moments) {
  return {{"pixels", moments.count}, {"mean", moments.mean}, {"std", moments.standard_deviation}};
}

void add_noise(ReportText& text, Json& json, const std::string& name, const MeasuredNoise& measured) {
  const PixelNoise& noise = measured.noise;
  const Moments mean = moments(usable_values(noise, noise.mean)), width = moments(usable_values(noise, noise.width));
  std::string statuses;
  Json counts;
  for (std::size_t i = 0; i < noise_status_names.size(); ++i) {
    const std::size_t pixels = noise.count(static_cast<NoiseStatus>(i));
    statuses += fmt::format("{}{} {}", i == 0 ? "" : ", ", pixels, noise_status_names[i]);
    counts[std::string(noise_status_names[i])] = pixels;
  }
  text.line(name, fmt::format("mean {}, width {}", with_spread(mean), with_spread(width)));
  text.line("", statuses);
  json[name] = {{"file", measured.file.text()},
                {"hits", std::accumulate(noise.hits.begin(), noise.hits.end(), std::uint64_t{0})},
                {"mean", to_json(mean)},
                {"width", to_json(width)},
                {"status", counts}};
}

void add_prediction(ReportText& text, Json& json, const TrimPrediction& prediction) {
  const Moments baseline = moments(finite_values(prediction.baseline.values()));
  std::string reasons;
  Json counts = Json::object();
  for (std::size_t i = 1; i < noise_mask_names.size(); ++i) {
    const std::size_t pixels = prediction.count(static_cast<NoiseMask>(i));
    counts[std::string(noise_mask_names[i])] = pixels;
    if (pixels > 0) reasons += fmt::format(", {} {}", pixels, noise_mask_names[i]);
  }
  const std::size_t live = prediction.count(NoiseMask::none);
  text.line("target", fmt::format("{:.2f} DAC, between {:.2f} (trim 0) and {:.2f} (trim F)", prediction.target,
                                  prediction.level_trim0, prediction.level_trimF));
  text.line("baseline", fmt::format("{} over {} pixels", with_spread(baseline), live));
  text.line("masked", fmt::format("{} pixels{}", pixel_count - live, reasons));
  json["target"] = prediction.target;
  json["level_trim0"] = prediction.level_trim0;
  json["level_trimF"] = prediction.level_trimF;
  json["baseline"] = to_json(baseline);
  json["masked_pixels"] = pixel_count - live;
  json["masked"] = counts;
}

}  // namespace

Report baseline_report(std::string_view title, const MeasuredBaseline& baseline) {
  ReportText text(fmt::format("{}: noise baseline of {}", title, baseline.asic));
  Json json{{"asic", baseline.asic}, {"estimator", baseline.estimator}, {"prediction", to_string(baseline.kind)}};
  add_noise(text, json, "trim0", baseline.trim0);
  add_noise(text, json, "trimF", baseline.trimF);
  if (baseline.control) add_noise(text, json, "control", *baseline.control);
  add_prediction(text, json, baseline.prediction);
  if (!baseline.control) return {text.text(), json};
  const ControlComparison comparison = compare_with_control(baseline);
  text.line("less control", fmt::format("{} over {} pixels, {} more than 1 DAC off", with_spread(comparison.difference),
                                        comparison.difference.count, comparison.far_pixels));
  json["control_difference"] = to_json(comparison.difference);
  json["control_difference"]["far_pixels"] = comparison.far_pixels;
  return {text.text(), json};
}

}  // namespace velocal
