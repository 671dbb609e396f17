// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/fit_settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <type_traits>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

using namespace std::string_view_literals;

constexpr std::array covariance_words{"scaled"sv, "absolute"sv};
constexpr std::array start_words{"descriptor"sv, "auto"sv};
constexpr std::array baseline_words{"after"sv, "before"sv, "aligned"sv};
constexpr std::array separation_words{"columns"sv, "column-pairs"sv};

}  // namespace

template <class Setting>
std::span<const std::string_view> setting_words() {
  if constexpr (std::is_same_v<Setting, Covariance>) return covariance_words;
  if constexpr (std::is_same_v<Setting, StartValues>) return start_words;
  if constexpr (std::is_same_v<Setting, BaselineMode>) return baseline_words;
  if constexpr (std::is_same_v<Setting, SeparationPattern>) return separation_words;
}
template std::span<const std::string_view> setting_words<Covariance>();
template std::span<const std::string_view> setting_words<StartValues>();
template std::span<const std::string_view> setting_words<BaselineMode>();
template std::span<const std::string_view> setting_words<SeparationPattern>();

namespace {

template <class Setting>
std::string_view word_of(Setting value) {
  return setting_words<Setting>()[static_cast<std::size_t>(value)];
}

template <class Setting>
Setting parse(std::string_view what, std::string_view word) {
  const auto words = setting_words<Setting>();
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return static_cast<Setting>(found - words.begin());
  throw UsageError(fmt::format("unknown {} {:?}", what, word), fmt::format("there are {}", fmt::join(words, ", ")));
}

}  // namespace

std::string_view to_string(Covariance value) {
  return word_of(value);
}
std::string_view to_string(StartValues value) {
  return word_of(value);
}
std::string_view to_string(BaselineMode value) {
  return word_of(value);
}
std::string_view to_string(SeparationPattern value) {
  return word_of(value);
}

Covariance parse_covariance(std::string_view word) {
  return parse<Covariance>("covariance", word);
}
StartValues parse_start_values(std::string_view word) {
  return parse<StartValues>("start", word);
}
BaselineMode parse_baseline_mode(std::string_view word) {
  return parse<BaselineMode>("baseline mode", word);
}
SeparationPattern parse_separation_pattern(std::string_view word) {
  return parse<SeparationPattern>("separation", word);
}

}  // namespace velocal
