// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <system_error>

#include "velocal/core/error.hpp"

namespace velocal {

/// Reads a text that is a number and nothing else, the same in any locale. Throws UsageError `--seed: must be
/// <meaning>, got "x"`.
template <class Number>
Number parse_number(std::string_view option, const std::string& text, std::string_view meaning) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && stopped == end) return number;
  throw UsageError(fmt::format("{}: must be {}, got \"{}\"", option, meaning, text));
}

/// The value of `--charge`: electrons, finite and above 0. Throws UsageError.
inline double parse_charge(const std::string& text) {
  constexpr std::string_view meaning = "a number of electrons above 0";
  const auto charge = parse_number<double>("--charge", text, meaning);
  if (std::isfinite(charge) && charge > 0.0) return charge;
  throw UsageError(fmt::format("--charge: must be {}, got \"{}\"", meaning, text));
}

/// The value of an option in seconds: finite and above 0. Throws UsageError.
inline double parse_seconds(std::string_view option, const std::string& text) {
  constexpr std::string_view meaning = "a number of seconds above 0";
  const auto seconds = parse_number<double>(option, text, meaning);
  if (std::isfinite(seconds) && seconds > 0.0) return seconds;
  throw UsageError(fmt::format("{}: must be {}, got \"{}\"", option, meaning, text));
}

}  // namespace velocal
