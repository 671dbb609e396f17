// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace velocal {

/// `Did you mean "thresholds"?` when one known word alone begins with the given one, or differs from it by a typing
/// mistake or two; else "".
std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

}  // namespace velocal
