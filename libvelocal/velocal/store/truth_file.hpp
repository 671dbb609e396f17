// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/simulate/truth.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

class FileTransaction;

/// Writes truth.h5 (docs/file-formats.md); its group is "all". Throws OutputError; the old file is then as it was.
void write_truth(const std::filesystem::path& path, const Truth& truth, const Provenance& provenance,
                 FileTransaction* files = nullptr);

/// The truth as it was written, bit for bit. Only dataset and scan of `expected` count.
/// Throws InputError when the file is missing, damaged, of another schema, or of another dataset or scan.
Stored<Truth> read_truth(const std::filesystem::path& path, const Provenance& expected);

}  // namespace velocal
