// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <charconv>
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

}  // namespace velocal
