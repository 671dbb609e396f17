// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace velocal {

/// Accepts a results file as another program has left it: seals it again, and adds to its root attribute `resealed`
/// which contents were accepted, by which version of velocal. Returns false, and changes nothing, when the seal is
/// whole. Throws InputError when the file is no result of velocal, and OutputError when it cannot be replaced.
bool reseal_file(const std::filesystem::path& file);

}  // namespace velocal
