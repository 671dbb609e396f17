// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace velocal {

/// Writes all bytes to an open file, however often the system takes only a part, or a signal interrupts it. Returns 0
/// or the errno; a part of the bytes may be there then. Allocates nothing.
int write_all(int descriptor, std::string_view bytes);

}  // namespace velocal
