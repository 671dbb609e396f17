// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/shutter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

/// Takes `<digits><unit>` off the front of the text; 0 and an unchanged text when something else stands there.
/// Nine digits are enough for any unit, and no sum of them overflows.
std::int64_t take(std::string_view& text, std::string_view unit) {
  std::int64_t number = 0;
  const std::size_t digits = std::min<std::size_t>(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > 9 || !text.substr(digits).starts_with(unit)) return 0;
  std::from_chars(text.data(), text.data() + digits, number);
  text.remove_prefix(digits + unit.size());
  return number;
}

}  // namespace

Shutter parse_shutter(std::string_view text) {
  std::string_view rest = text;
  const std::int64_t seconds = take(rest, "s");
  const std::int64_t milliseconds = take(rest, "ms");
  const std::int64_t microseconds = rest == text ? take(rest, "us") : 0;
  const std::int64_t total_us = seconds * 1'000'000 + milliseconds * 1'000 + microseconds;
  if (!rest.empty() || total_us == 0) {
    throw UsageError(fmt::format("must be a time such as 2s621ms, 5s, 300ms or 20us, got {:?}", text));
  }
  return {std::string(text), static_cast<double>(total_us) / 1e6};
}

}  // namespace velocal
