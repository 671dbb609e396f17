// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "shell/console.hpp"

namespace velocal {

/// Does the work and returns 0. When the work throws, its message goes to the console, and the exit status that
/// docs/errors.md has for it is returned.
int exit_status_of(const Console& console, const std::function<void()>& work);

}  // namespace velocal
