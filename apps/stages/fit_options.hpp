// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "shell/program.hpp"

namespace velocal {

/// What velocal-fit takes: the group, the settings that stand in for the descriptor's section `fit`, the engine.
std::vector<ProgramOption> fit_options();

}  // namespace velocal
