// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <system_error>

namespace velocal {

/// The file that a path means: where it is a symbolic link, the one that it names, which may be missing. Sets `error`
/// when links lead in a circle or cannot be read.
std::filesystem::path resolved_path(std::filesystem::path path, std::error_code& error);

}  // namespace velocal
