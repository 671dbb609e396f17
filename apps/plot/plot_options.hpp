// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "plot/plot_request.hpp"
#include "shell/program.hpp"

namespace velocal {

/// The options of velocal-plot, and the word before the descriptors: the kind. Both fill `request`, which must live as
/// long as they do.
std::vector<ProgramOption> plot_options(PlotRequest& request);
LeadingWord plot_kind_word(PlotRequest& request);

}  // namespace velocal
