// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "shell/program.hpp"

namespace velocal {

/// --group and its old name --separation: the pixels to work on. The result records its group; the option is not
/// recorded among what was overridden. Giving two different groups is a UsageError.
std::vector<ProgramOption> group_options();

/// The same options for velocal-flux, which makes all groups: they are checked, and a note says that nothing changes.
std::vector<ProgramOption> group_options_without_effect();

}  // namespace velocal
