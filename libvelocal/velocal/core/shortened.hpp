// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace velocal {

/// The text; of a longer one than `longest` bytes the begin and the end, with "..." between: a message shall be read.
std::string shortened(std::string_view text, std::size_t longest = 1000);

}  // namespace velocal
