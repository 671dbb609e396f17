// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace velocal {

/// The system's words for an errno: "No space left on device".
std::string system_reason(int error_number);

/// Throws an Error of the kind `resource` when the errno says that memory or open files have run out, which is nobody's
/// damage; else returns. `problem`: what could not be done.
void throw_if_exhausted(std::string_view problem, int error_number);

}  // namespace velocal
