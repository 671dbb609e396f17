// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/flux_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace velocal {
namespace {

AcquisitionTally sum(const std::vector<AcquisitionTally>& tallies) {
  AcquisitionTally total;
  for (const AcquisitionTally& tally : tallies) {
    total.good += tally.good;
    total.bad += tally.bad;
    total.empty += tally.empty;
    total.rejected += tally.rejected;
  }
  return total;
}

std::size_t pixels_without_baseline(const NoiseBaseline& baseline) {
  return static_cast<std::size_t>(std::ranges::count_if(baseline.mean, [](double mean) { return !(mean > 0.0); }));
}

}  // namespace

Report flux_report(std::string_view title, const FluxCube& cube) {
  const AcquisitionTally total = sum(cube.acquisitions);
  const double live_time = std::accumulate(cube.live_time_s.begin(), cube.live_time_s.end(), 0.0);
  const auto [shortest, longest] = std::ranges::minmax(cube.live_time_s);
  const auto masked = std::ranges::count(cube.mask, 1);
  const auto without_live_time = std::ranges::count(cube.live_time_s, 0.0);

  ReportText text(fmt::format("{}: flux", title));
  text.line("thresholds",
            fmt::format("{} ... {} DAC, {} of them, {} without a good acquisition", cube.threshold.front(),
                        cube.threshold.back(), cube.threshold_count(), without_live_time));
  text.line("acquisitions",
            fmt::format("{} good, {} bad, {} empty, {} rejected", total.good, total.bad, total.empty, total.rejected));
  text.line("live time", fmt::format("{:.3f} s, {:.3f} ... {:.3f} s a threshold", live_time, shortest, longest));
  Json json{{"thresholds",
             {{"first", cube.threshold.front()},
              {"last", cube.threshold.back()},
              {"count", cube.threshold_count()},
              {"without_live_time", without_live_time}}},
            {"acquisitions",
             {{"good", total.good}, {"bad", total.bad}, {"empty", total.empty}, {"rejected", total.rejected}}},
            {"live_time_s", live_time}};
  std::string pixels = fmt::format("{} masked", masked);
  json["masked_pixels"] = masked;
  if (cube.baseline) {
    const std::size_t missing = pixels_without_baseline(*cube.baseline);
    pixels += fmt::format(", {} without baseline", missing);
    json["pixels_without_baseline"] = missing;
    json["baseline_added"] = cube.baseline->added;
  } else {
    pixels += ", no baseline in the descriptor: no target can be had";
    json["pixels_without_baseline"] = nullptr;
  }
  text.line("pixels", pixels);
  if (cube.baseline && cube.baseline->added > 0.0) {
    text.line("baseline", fmt::format("whole numbers, which the equalisation has cut: {:g} DAC added "
                                      "(baseline.established: true leaves them as they are)",
                                      cube.baseline->added));
  }
  text.line("counter", cube.counter > 0 ? fmt::format("full at {} hits", cube.counter) : "no end seen");
  json["counter"] = cube.counter > 0 ? Json(cube.counter) : Json(nullptr);
  text.line("dispersion", dispersion_text(cube.dispersion));
  json["dispersion"] = to_json(cube.dispersion);
  return {text.text(), json};
}

}  // namespace velocal
