// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "shell/program.hpp"

namespace velocal {

/// --separation: the group of pixels to work on. Recorded as the result's group, not among what was overridden.
ProgramOption separation_option();

/// What velocal-fit takes in place of the descriptor's section `fit`.
std::vector<ProgramOption> fit_options();

}  // namespace velocal
