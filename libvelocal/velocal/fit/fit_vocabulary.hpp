// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/descriptor/vocabulary.hpp"

namespace velocal {

/// The models and statistics that this process has, ours and those that have been registered, and the built-in sources.
Vocabulary fit_vocabulary();

}  // namespace velocal
