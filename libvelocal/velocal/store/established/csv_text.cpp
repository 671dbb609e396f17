// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/established/csv_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "velocal/core/quantity.hpp"
#include "velocal/store/tables/csv_number.hpp"

namespace velocal {

std::string matrix_text(const PixelMatrix<double>& matrix, std::string_view for_undefined) {
  std::string text;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const double value = matrix[pixel];
    if (std::isnan(value)) {
      text += for_undefined;
    } else if (value == 0.0) {
      text += '0';
    } else {
      fmt::format_to(std::back_inserter(text), "{:.9g}", value);
    }
    text += (pixel + 1) % pixel_columns == 0 ? '\n' : ',';
  }
  return text;
}

std::string list_text(std::span<const double> numbers) {
  std::string text;
  for (const double number : numbers) text += std::isnan(number) ? "nan\n" : fmt::format("{:.12g}\n", number);
  return text;
}

std::string parameters_text(std::string_view name, const CurveFit& fit, Uncertain target) {
  std::string text = fmt::format("popt{}, Value ,Uncertainty\n", name);
  const auto add = [&](std::string_view parameter, Uncertain value) {
    text += fmt::format("{},{},{}\n", parameter, csv_number(value.value), csv_number(value.error));
  };
  for (std::size_t k = 0; k < fit.parameters.size(); ++k) add(fit.names[k], fit.parameters[k]);
  add(quantity::target, target);
  return text;
}

}  // namespace velocal
