// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace velocal {

enum class Covariance { scaled, absolute };        ///< times X^2/ndf, or as it is
enum class StartValues { descriptor, automatic };  ///< `auto` in the descriptor
enum class BaselineMode { after, before, aligned };
enum class SeparationPattern { columns, column_pairs };

/// The words of a setting in descriptors and on command lines, in the order of its values. For the four above.
template <class Setting>
std::span<const std::string_view> setting_words();

std::string_view to_string(Covariance value);
std::string_view to_string(StartValues value);
std::string_view to_string(BaselineMode value);
std::string_view to_string(SeparationPattern value);

/// Value of a word. Throw UsageError listing the words there are.
Covariance parse_covariance(std::string_view word);
StartValues parse_start_values(std::string_view word);
BaselineMode parse_baseline_mode(std::string_view word);
SeparationPattern parse_separation_pattern(std::string_view word);

/// Section `fit` of a descriptor.
struct FitSettings {
  std::string model = "F1_0";
  std::string statistic = "neyman";  ///< what is minimised (docs/physics.md): a name of StatisticRegistry
  Covariance covariance = Covariance::scaled;
  StartValues start = StartValues::descriptor;
  BaselineMode baseline = BaselineMode::after;
  SeparationPattern separation = SeparationPattern::columns;
  double significance = 0.05;        ///< alpha of the goodness-of-fit test, in (0, 1)
  double max_zero_fraction = 0.8;    ///< of the thresholds, in (0, 1]; neyman only
  std::optional<double> background;  ///< hits/s per pixel, >= 0; empty: estimated from the scan; poisson only
  bool fixed_fit = false;            ///< fit also with all but the amplitude held at the ASIC's values
};

}  // namespace velocal
