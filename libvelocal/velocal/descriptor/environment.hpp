// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace velocal {

/// Replaces ${NAME} by the environment's value of NAME, and ${NAME:-default} by the default where NAME is unset or
/// empty. ${ASIC} is the chip's name, whatever the environment has. Throws UsageError when NAME is unset and has no
/// default, is no name, or its brace is not closed; and for ${ASIC} without a chip.
std::string expand_environment(std::string_view text, std::string_view asic = {});

}  // namespace velocal
