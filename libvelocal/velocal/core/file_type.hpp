// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace velocal {

/// What the path leads to; `not_found` where the system says that there is nothing. Throws InputError with its reason
/// for what cannot be looked at, and an Error of the kind `resource` for want of memory or open files.
std::filesystem::file_type file_type_of(const std::filesystem::path& path);

}  // namespace velocal
