// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace velocal {

/// Writes a whole file so that at every moment `target` is the old complete file or the new complete one: a transaction
/// of one file (file_transaction.hpp). Missing folders above are created. A symbolic link is followed: the file that it
/// names is replaced. Permissions are those of the file that is replaced, or of the umask.
/// Throws OutputError (path, the system's reason); the target is then as it was, and nothing is left beside it.
void replace_file(const std::filesystem::path& target, std::span<const std::byte> contents);

}  // namespace velocal
