// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "shell/session.hpp"

namespace velocal {

/// Before anything is computed: what the steps write must not be there (unless forced, or the user at the terminal says
/// so), and its folders must be writable. Throws OutputError.
void check_outputs(const Session& session, const std::vector<Step>& steps);

}  // namespace velocal
