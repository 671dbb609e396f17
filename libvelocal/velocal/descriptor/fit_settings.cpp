// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/fit_settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "velocal/core/error.hpp"

namespace velocal {

std::size_t index_of_word(std::string_view what, std::span<const std::string_view> words, std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  throw UsageError(fmt::format("unknown {} {:?}", what, word), fmt::format("there are {}", fmt::join(words, ", ")));
}

}  // namespace velocal
