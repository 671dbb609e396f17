// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/near_miss.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace velocal {
namespace {

/// How many letters have to be inserted, removed or replaced to make one word of the other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (const char letter : a) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j < row.size(); ++j) {
      const std::size_t replaced = diagonal + (letter == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

/// The only known word that begins with this one; empty: none does, or several.
std::string_view only_longer(std::string_view word, std::span<const std::string_view> known) {
  constexpr std::size_t fewest_letters = 2;
  const auto begins = [&](std::string_view candidate) { return candidate.starts_with(word); };
  if (word.size() < fewest_letters || std::ranges::count_if(known, begins) != 1) return {};
  return *std::ranges::find_if(known, begins);
}

}  // namespace

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
  if (word.size() > 64) return {};
  std::string_view nearest = only_longer(word, known);
  if (!nearest.empty()) return fmt::format("Did you mean {:?}?", nearest);
  std::size_t best = std::min<std::size_t>(2, (word.size() + 1) / 3) + 1;  // in a short word any other is near
  for (const std::string_view candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest.empty() ? std::string() : fmt::format("Did you mean {:?}?", nearest);
}

}  // namespace velocal
