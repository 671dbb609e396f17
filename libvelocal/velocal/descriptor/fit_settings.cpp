// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/fit_settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/error.hpp"

namespace velocal {

std::size_t index_of_word(std::string_view what, std::span<const std::string_view> words, std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  throw UsageError(fmt::format("unknown {} {:?}", what, word), fmt::format("there are {}", fmt::join(words, ", ")));
}

void refuse_value(std::string_view what, std::span<const std::string_view> words, int value) {
  throw UsageError(fmt::format("{} is no {}", value, what), fmt::format("there are {}", fmt::join(words, ", ")),
                   "Give a value of the enumeration");
}

void require_valid(const FitSettings& settings) {
  const auto require = [](bool holds, std::string_view name, double value, std::string_view meaning) {
    if (holds) return;
    throw UsageError(fmt::format("{} is {}", name, value), fmt::format("it has to be {}", meaning),
                     fmt::format("Set FitSettings::{}", name));
  };
  to_string(settings.covariance);  // throws when there is no such value, as do the others
  to_string(settings.start);
  to_string(settings.baseline);
  to_string(settings.separation);
  const FitRange range = settings.range.value_or(FitRange{});
  require(range.from <= range.to, "range.from", range.from, fmt::format("at most range.to, {}", range.to));
  const double alpha = settings.significance, zeros = settings.max_zero_fraction;
  const double background = settings.background.value_or(0.0);
  require(alpha > 0.0 && alpha < 1.0, "significance", alpha, "above 0 and below 1");
  require(zeros > 0.0 && zeros <= 1.0, "max_zero_fraction", zeros, "above 0, at most 1");
  require(background >= 0.0 && std::isfinite(background), "background", background, "finite and >= 0");
}

}  // namespace velocal
