// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "support/model_formulas.hpp"

namespace velocal::test {

/// One evaluation of a model.
struct SamplePoint {
  std::vector<double> parameters;
  double threshold;
};

inline bool is_width(std::string_view name) {
  return name == "s" || name == "s2";
}

/// The smaller of the widths: it decides how fast the model changes.
inline double smallest_width(std::string_view model, const std::vector<double>& parameters) {
  const bool two = model == "F2s_0" || model == "F2sAB";
  return two ? std::min(parameters[2], parameters[3]) : parameters[2];
}

/// Parameters all over the domain, drawn with a fixed seed: amplitudes and f over four decades, widths 0.5...40 DAC,
/// E0 in the usual range.
inline std::vector<std::vector<double>> drawn_parameters(const TypicalParameters& typical) {
  std::mt19937_64 random(20230803);
  const auto uniform = [&](double from, double to) { return std::uniform_real_distribution<>(from, to)(random); };
  std::vector<std::vector<double>> all(60, typical.values);
  for (std::vector<double>& parameters : all) {
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      const std::string& name = typical.names[k];
      if (name == "E0")
        parameters[k] = uniform(100.0, 1600.0);
      else if (is_width(name))
        parameters[k] = 0.5 * std::pow(80.0, uniform(0.0, 1.0));
      else if (name == "f")
        parameters[k] = std::pow(10.0, uniform(-4.0, -0.01));
      else
        parameters[k] *= std::pow(10.0, uniform(-2.0, 2.0));
    }
  }
  return all;
}

/// Those at thresholds at d = 0, +-1e-9, and from 25 widths below the line to 25 above.
inline std::vector<SamplePoint> sample_points(const TypicalParameters& typical) {
  std::mt19937_64 random(20230804);
  std::uniform_real_distribution<> step(0.2, 1.2);
  std::vector<SamplePoint> points;
  for (const std::vector<double>& parameters : drawn_parameters(typical)) {
    const double width = smallest_width(typical.model, parameters);
    for (const double d : {0.0, 1e-9, -1e-9}) points.push_back({parameters, parameters.back() + d});
    for (double u = -25.0; u <= 25.0; u += step(random)) points.push_back({parameters, parameters.back() + u * width});
  }
  return points;
}

/// Sum of the sizes of the terms of F.
inline double term_size(std::string_view model, const SamplePoint& sample) {
  const std::vector<long double> parameters(sample.parameters.begin(), sample.parameters.end());
  long double size = 0.0L;
  for (const long double term : formula_terms(model, parameters, sample.threshold)) size += std::abs(term);
  return static_cast<double>(size);
}

/// Error that double arithmetic may make in F: a few epsilons of each term, times what exp and erfc make of the
/// rounding of d/s; what is lost where doubles end; and, below the line, terms that have fallen to an epsilon of
/// themselves at d = 0, which the models leave out.
inline double rounding_error(std::string_view model, const SamplePoint& sample) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  const double line = sample.parameters.back();
  const double u = std::max(0.0, sample.threshold - line) / smallest_width(model, sample.parameters);
  const double left_out = sample.threshold < line ? epsilon * term_size(model, {sample.parameters, line}) : 0.0;
  return 8.0 * epsilon * (1.0 + u * u) * term_size(model, sample) + left_out + std::numeric_limits<double>::min();
}

}  // namespace velocal::test
