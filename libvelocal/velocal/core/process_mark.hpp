// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace velocal {

/// Names this process among all of all computers: "9f3a2c11-1234-88888", where the first part stands for the computer
/// since it was started and for the container, then come the process's number and when it began.
std::string process_mark();

/// Whether the process of that mark has surely ended. False for marks of another computer or container, of which
/// nothing is known here, and for what is no mark.
bool process_has_ended(std::string_view mark);

}  // namespace velocal
