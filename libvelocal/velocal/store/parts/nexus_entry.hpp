// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <string>

namespace velocal {

/// Writes what NeXus viewers look for in a file that is complete otherwise: `/` as NXroot, and the group `/entry` as
/// NXentry with all that can be drawn, in one place. It holds links to the NXdata groups of the root and of
/// `/parameters`, and around each array of the root over pixels an NXdata of its own. `shown`: what a viewer shows on
/// opening; the first there is where there is no such thing.
void write_nexus_entry(const H5::Group& root, const std::string& shown);

}  // namespace velocal
