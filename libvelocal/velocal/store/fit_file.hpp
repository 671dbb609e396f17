// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/fit/scan_fit.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// Writes fit.h5 (docs/file-formats.md); its group is the fit's. Throws OutputError; the old file is then as it was.
void write_fit(const std::filesystem::path& path, const ScanFit& fit, const Provenance& provenance,
               FileTransaction* files = nullptr);

/// The fit as it was written, bit for bit.
/// Throws InputError when the file is missing, damaged, of another schema, dataset, scan or group.
Stored<ScanFit> read_fit(const std::filesystem::path& path, const Provenance& expected);

}  // namespace velocal
