// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/calibration/calibration.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// Writes matrices.h5 (docs/file-formats.md). It also records the group and the settings of the fit. Throws
/// OutputError; the old file is then as it was.
void write_matrices(const std::filesystem::path& path, const Calibration& calibration, const ScanFit& fit,
                    const Provenance& provenance, FileTransaction* files = nullptr);

/// The calibration as it was written, bit for bit.
/// Throws InputError when the file is missing, damaged, of another schema, dataset, scan or group.
Stored<Calibration> read_matrices(const std::filesystem::path& path, const Provenance& expected);

}  // namespace velocal
