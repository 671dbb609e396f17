// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "velocal/velocal.hpp"

namespace velocal::python {

/// The group of that name. Throws UsageError naming the groups there are.
PixelGroup parse_group(const std::string& name);

}  // namespace velocal::python
