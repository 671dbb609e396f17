// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/noise_baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/scan/file_naming.hpp"

namespace velocal {
namespace {

/// `it is 1e+09 at row 3, column 7`; empty when all values are possible.
std::string impossible_value(const PixelMatrix<double>& values) {
  if (!values.is_whole()) return "it has been moved from";
  const auto wrong =
      std::ranges::find_if(values, [](double value) { return !(value >= 0.0 && value <= largest_threshold); });
  if (wrong == values.end()) return {};
  const Pixel pixel = Pixel::at(static_cast<std::size_t>(wrong - values.begin()));
  return fmt::format("it is {} at row {}, column {}", *wrong, pixel.row, pixel.column);
}

PixelMatrix<double> read_dac(const std::filesystem::path& file, const ContentsSeen& seen) {
  PixelMatrix<double> values = read_matrix_csv(file, seen);
  const std::string problem = impossible_value(values);
  if (problem.empty()) return values;
  throw InputError(fmt::format("{}: a baseline or its width is 0 to {} DAC", file.string(), largest_threshold), problem,
                   "Have the equalisation write the file anew, with 0 for a pixel without baseline");
}

}  // namespace

std::string problem_of(const NoiseBaseline& baseline) {
  for (const auto& [values, what] :
       {std::pair{&baseline.mean, "mean"}, std::pair{&baseline.width, "width"}, std::pair{&baseline.error, "error"}}) {
    const std::string problem = impossible_value(*values);
    if (problem.empty()) continue;
    return fmt::format("the {} of the noise baseline has to be 0 to {} DAC, and {}", what, largest_threshold, problem);
  }
  return {};
}

void require_valid(const NoiseBaseline& baseline) {
  const std::string problem = problem_of(baseline);
  if (problem.empty()) return;
  throw UsageError("the noise baseline is impossible", problem, "Give a pixel without baseline the mean 0");
}

void complete_cut_means(NoiseBaseline& baseline) {
  constexpr double cut = 0.5, cut_error = 0.28867513459481287;  // mean and standard deviation of what was cut off
  if (!std::ranges::all_of(baseline.mean, [](double mean) { return mean == std::floor(mean); })) return;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (!baseline.found(pixel)) continue;
    baseline.mean[pixel] += cut;
    baseline.error[pixel] = std::hypot(baseline.error[pixel], cut_error);
  }
  baseline.added = cut;
}

NoiseBaseline read_noise_baseline(const std::filesystem::path& folder, std::string_view asic, const ContentsSeen& seen,
                                  BaselineKind kind) {
  NoiseBaseline baseline;
  baseline.mean = read_dac(baseline_path(folder, asic, kind), seen);
  baseline.width = read_dac(baseline_width_path(folder, asic, kind), seen);
  baseline.error = PixelMatrix<double>(usual_baseline_error);
  return baseline;
}

}  // namespace velocal
