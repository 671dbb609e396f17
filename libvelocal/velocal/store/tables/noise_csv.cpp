// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/tables/noise_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>

#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/tables/digits_csv.hpp"

namespace velocal {
namespace {

template <class T, class Text>
std::string matrix_text(const PixelMatrix<T>& matrix, std::string_view separator, const Text& text) {
  std::string csv;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    csv += text(matrix[i]);
    csv += i % pixel_columns == pixel_columns - 1 ? "\n" : separator;
  }
  return csv;
}

std::string integers(const PixelMatrix<double>& matrix) {
  return matrix_text(matrix, ", ", [](double value) {
    return fmt::format("{:04d}", std::isfinite(value) ? static_cast<long>(std::floor(value)) : 0L);
  });
}

std::string widths(const PixelMatrix<double>& matrix) {
  return matrix_text(matrix, ", ",
                     [](double value) { return fmt::format("{:05.2f}", std::isfinite(value) ? value : 0.0); });
}

}  // namespace

std::vector<std::filesystem::path> control_csv_paths(const std::filesystem::path& folder, std::string_view asic) {
  return {folder / fmt::format("{}_Control_Noise_Mean.csv", asic),
          folder / fmt::format("{}_Control_Noise_Width.csv", asic)};
}

std::vector<std::filesystem::path> noise_csv_paths(const std::filesystem::path& folder, std::string_view asic,
                                                   bool control) {
  std::vector<std::filesystem::path> paths;
  for (const char* name : {"Trim0_Noise_Mean", "Trim0_Noise_Width", "TrimF_Noise_Mean", "TrimF_Noise_Width",
                           "Matrix_Mask", "Matrix_Trim", "TrimBest_Noise_Predict"}) {
    paths.push_back(folder / fmt::format("{}_{}.csv", asic, name));
  }
  if (control) std::ranges::copy(control_csv_paths(folder, asic), std::back_inserter(paths));
  return paths;
}

void write_noise_csv(const std::filesystem::path& folder, const MeasuredBaseline& baseline, FileTransaction* files) {
  const PixelNoise &trim0 = baseline.trim0.noise, &trimF = baseline.trimF.noise;
  const TrimPrediction& prediction = baseline.prediction;
  std::vector<std::string> texts{integers(trim0.mean),         widths(trim0.width),         integers(trimF.mean),
                                 widths(trimF.width),          digits_csv(prediction.mask), digits_csv(prediction.trim),
                                 integers(prediction.baseline)};
  if (baseline.control) {
    texts.push_back(integers(baseline.control->noise.mean));
    texts.push_back(widths(baseline.control->noise.width));
  }
  const auto paths = noise_csv_paths(folder, baseline.asic, baseline.control.has_value());
  for (std::size_t i = 0; i < paths.size(); ++i) write_file(paths[i], texts[i], files);
}

}  // namespace velocal
