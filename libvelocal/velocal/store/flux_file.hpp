// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/flux/flux_cube.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// Writes flux.h5 (docs/file-formats.md). It holds the curves of all groups: its group is "all" whatever `provenance`
/// says, and its inputs_sha256 is the cube's. Throws UsageError for a cube that is not whole (require_whole()), and
/// OutputError; the old file is then as it was.
void write_flux(const std::filesystem::path& path, const FluxCube& cube, const Provenance& provenance);

/// The cube as it was written, bit for bit. Only dataset and scan of `expected` count.
/// Throws InputError when the file is missing, damaged or not whole, of another schema, or of another dataset or scan.
Stored<FluxCube> read_flux(const std::filesystem::path& path, const Provenance& expected);

}  // namespace velocal
