// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "shell/session.hpp"

namespace velocal {

/// To be called before anything is computed. Steps that are up to date are passed over. Throws OutputError when a file
/// that another step writes is there, unless it is forced or the user at the terminal agrees, and when its folder is
/// not writable.
void check_outputs(const Session& session, const std::vector<Step>& steps);

}  // namespace velocal
