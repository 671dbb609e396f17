// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "shell/program.hpp"

namespace velocal {

/// What velocal-fit takes in place of the descriptor's section `fit`.
std::vector<ProgramOption> fit_options();

}  // namespace velocal
