// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <system_error>

namespace velocal {

/// Whether the system says that there is no such file or folder. What cannot be looked at is not missing: it would be
/// overwritten, or left out, in silence.
inline bool is_missing(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::status(path, error).type() == std::filesystem::file_type::not_found;
}

}  // namespace velocal
