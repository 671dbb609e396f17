// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace velocal {

/// Names this process among all of all computers: "9f3a2c1140d7e9b2a8811c03-1234-88888". Eight digits each stand for
/// the computer, for its start and for the container (00000000: not known); then come the process's number and when it
/// began.
std::string process_mark();

/// Whether the process of that mark has surely ended: it is gone, or its computer has been started anew since. False
/// for marks of another computer or container, of which nothing is known here, and for what is no mark.
bool process_has_ended(std::string_view mark);

}  // namespace velocal
