// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "shell/console.hpp"

namespace velocal {

/// Does the work; 0, or the exit status of what it throws (docs/errors.md), whose message goes to the console.
int exit_status_of(const Console& console, const std::function<void()>& work);

}  // namespace velocal
