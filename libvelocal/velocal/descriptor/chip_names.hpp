// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace velocal {

/// More chips than any detector has: a larger pattern is a typing mistake.
inline constexpr std::size_t most_chips = 10'000;

/// The names that a pattern stands for: each range `{3..7}` in it is replaced by its numbers, both ends included, and
/// the last range runs fastest. A pattern without a range stands for itself.
/// Throws UsageError for an empty pattern, a range that descends or is none, a brace without its partner, and for more
/// than most_chips names.
std::vector<std::string> expand_chip_pattern(std::string_view pattern);

/// Whether the name fits the pattern as a shell takes it: `*` stands for any text, `?` for any letter.
bool fits_chip_pattern(std::string_view pattern, std::string_view name);

}  // namespace velocal
