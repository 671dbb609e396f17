// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace velocal {

class FileTransaction;

/// Adds `SHA256SUMS` for the files of this folder that the transaction holds. Lines of other files in an old one stay.
/// `sha256sum --check SHA256SUMS` tells whether the files belong together.
void add_file_sums(const std::filesystem::path& folder, FileTransaction& files);

}  // namespace velocal
