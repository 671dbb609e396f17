// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/descriptor/source.hpp"

namespace velocal {

/// What the covariance of a fit is multiplied by: chi2/ndf, nothing, or the dispersion of the counts.
enum class Covariance { scaled, absolute, dispersed };
/// Uncertainty of the line: from the covariance, or its likelihood's own interval.
enum class Errors { hessian, profile };
/// Where fits start: at the descriptor's values, or at what each curve looks like (`auto` in the descriptor).
enum class StartValues { descriptor, automatic };
/// When the noise baseline is taken off: after the fit, before it, or before it by whole DAC.
enum class BaselineMode { after, before, aligned };
/// What even and odd mean: single columns, or pairs of columns.
enum class SeparationPattern { columns, column_pairs };

/// What messages call an enumeration, and the word of each of its values, in their order.
template <std::size_t count>
struct EnumWords {
  std::string_view what;                      ///< such as `covariance`
  std::array<std::string_view, count> words;  ///< as descriptors have them
};

/// The words of an enumeration that is a setting; without words it is none.
template <class Enum>
inline constexpr EnumWords<0> enum_words{};
template <>
inline constexpr EnumWords<3> enum_words<Covariance>{"covariance", {"scaled", "absolute", "dispersed"}};
template <>
inline constexpr EnumWords<2> enum_words<Errors>{"errors", {"hessian", "profile"}};
template <>
inline constexpr EnumWords<2> enum_words<StartValues>{"start", {"descriptor", "auto"}};
template <>
inline constexpr EnumWords<3> enum_words<BaselineMode>{"baseline mode", {"after", "before", "aligned"}};
template <>
inline constexpr EnumWords<2> enum_words<SeparationPattern>{"separation", {"columns", "column-pairs"}};

template <>
inline constexpr EnumWords<2> enum_words<IlluminatedSide>{"illuminated side", {"back", "front"}};

/// An enumeration that descriptors and command lines know by words.
template <class Type>
concept SettingEnum = !enum_words<Type>.words.empty();

/// The words of a setting in descriptors and on command lines, in the order of its values.
template <SettingEnum Enum>
constexpr std::span<const std::string_view> setting_words() {
  return enum_words<Enum>.words;
}

/// Throws UsageError that names the words there are.
[[noreturn]] void refuse_value(std::string_view what, std::span<const std::string_view> words, int value);

/// The word of a value. Throws UsageError when the enumeration has no such value.
template <SettingEnum Enum>
constexpr std::string_view to_string(Enum value) {
  const auto index = static_cast<std::size_t>(value);
  if (index >= setting_words<Enum>().size()) {
    refuse_value(enum_words<Enum>.what, setting_words<Enum>(), static_cast<int>(value));
  }
  return setting_words<Enum>()[index];
}

/// Place of the word. Throws UsageError `unknown covariance "dispersd" (there are scaled, absolute)`.
std::size_t index_of_word(std::string_view what, std::span<const std::string_view> words, std::string_view word);

/// The value that a word stands for. Throws UsageError listing the words there are.
template <SettingEnum Enum>
Enum parse_word(std::string_view word) {
  return static_cast<Enum>(index_of_word(enum_words<Enum>.what, setting_words<Enum>(), word));
}

/// Thresholds that fits take [DAC], both ends included.
struct FitRange {
  int from = 0;
  int to = 65'535;
  constexpr bool contains(int threshold) const { return from <= threshold && threshold <= to; }  ///< both ends included
  bool operator==(const FitRange&) const = default;
};

/// Section `fit` of a descriptor (docs/descriptor.md, "fit").
struct FitSettings {
  std::string model = "F1_0";
  std::vector<std::string> shared = {};  ///< parameters that all pixels of the chip have in common
  std::string statistic = "poisson";     ///< what is minimised: "neyman" or "poisson"
  Covariance covariance = Covariance::absolute;
  Errors errors = Errors::hessian;
  StartValues start = StartValues::automatic;
  BaselineMode baseline = BaselineMode::after;
  SeparationPattern separation = SeparationPattern::columns;
  double significance = 0.05;        ///< alpha of the goodness-of-fit test, in (0, 1)
  double max_zero_fraction = 0.8;    ///< share of the thresholds, in (0, 1]; neyman only
  std::optional<double> background;  ///< hits/s per pixel, >= 0; empty: estimated from the scan; likelihoods only
  bool robust = true;                ///< leave out what lies far off, points and thresholds; likelihoods only
  std::optional<FitRange> range;     ///< thresholds that take part; empty: all
  bool fixed_fit = false;            ///< fit also with all but the amplitude held at the ASIC's values
};

/// Throws UsageError when a member is outside the range that is given above. Names of models and statistics are checked
/// where they are looked up.
void require_valid(const FitSettings& settings);

}  // namespace velocal
