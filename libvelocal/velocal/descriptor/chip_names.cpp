// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/chip_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

/// At most six digits, so that counting the numbers of a range cannot overflow.
std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool digits = text.find_first_not_of("0123456789") == text.npos;
  if (!digits || text.size() > 6 || error != std::errc{} || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

struct NumberRange {
  int first;
  int last;
};

NumberRange parse_range(std::string_view pattern, std::string_view inside) {
  const std::size_t dots = std::min(inside.find(".."), inside.size());
  const auto first = number_of(inside.substr(0, dots));
  const auto last = number_of(inside.substr(std::min(dots + 2, inside.size())));
  if (!first || !last) {
    throw UsageError(fmt::format("\"{{{}}}\" in {:?} is no range", inside, pattern), "a range is written {0..3}");
  }
  if (*last < *first) {
    throw UsageError(fmt::format("the range \"{{{}}}\" in {:?} descends", inside, pattern), {},
                     fmt::format("Write \"{{{}..{}}}\"", *last, *first));
  }
  return {*first, *last};
}

/// The pattern with its first range replaced by each of its numbers; empty: it has none.
std::vector<std::string> with_first_range_replaced(std::string_view whole, const std::string& pattern) {
  const std::size_t open = pattern.find('{');
  const std::size_t close = pattern.find('}');
  if (open == pattern.npos && close == pattern.npos) return {};
  if (open == pattern.npos || close == pattern.npos || close < open) {
    throw UsageError(fmt::format("a brace without its partner in {:?}", whole));
  }
  const auto [first, last] = parse_range(whole, std::string_view(pattern).substr(open + 1, close - open - 1));
  if (static_cast<std::size_t>(last - first) >= most_chips) {
    throw UsageError(fmt::format("{:?} stands for more than {} chips", whole, most_chips));
  }
  std::vector<std::string> names;
  for (int i = first; i <= last; ++i) {
    names.push_back(fmt::format("{}{}{}", pattern.substr(0, open), i, pattern.substr(close + 1)));
  }
  return names;
}

}  // namespace

std::vector<std::string> expand_chip_pattern(std::string_view pattern) {
  if (pattern.empty()) throw UsageError("an empty pattern names no chip");
  std::vector<std::string> names{std::string(pattern)};
  while (names.front().find_first_of("{}") != std::string::npos) {
    std::vector<std::string> next;
    for (const std::string& name : names) {
      for (std::string& replaced : with_first_range_replaced(pattern, name)) next.push_back(std::move(replaced));
      if (next.size() > most_chips) {
        throw UsageError(fmt::format("{:?} stands for more than {} chips", pattern, most_chips));
      }
    }
    names = std::move(next);
  }
  return names;
}

bool fits_chip_pattern(std::string_view pattern, std::string_view name) {
  // Where a star is followed by what does not fit, it takes one letter more: only the last star has to be tried again.
  std::size_t p = 0, n = 0, star = pattern.npos, taken = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != pattern.npos) {
      p = star + 1;
      n = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == pattern.npos;
}

}  // namespace velocal
