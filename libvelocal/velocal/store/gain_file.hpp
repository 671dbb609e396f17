// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "velocal/calibration/source_gain.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// Writes gain.h5 (docs/file-formats.md). It belongs to no scan: its label is "gain". Throws OutputError; the old file
/// is then as it was.
void write_gain(const std::filesystem::path& path, const SourceGain& gain, const Provenance& provenance);

/// The gain as it was written, bit for bit. Throws InputError when the file is missing, damaged, of another schema,
/// dataset or group.
Stored<SourceGain> read_gain(const std::filesystem::path& path, const Provenance& expected);

/// Only the labels of the scans that it was made of, as read_gain() gives them in its lines. Throws likewise.
Stored<std::vector<std::string>> read_gain_labels(const std::filesystem::path& path, const Provenance& expected);

}  // namespace velocal
