// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/noise/measured_baseline.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// Writes baseline.h5 (docs/file-formats.md). It belongs to no scan: its label is "noise", its group "all", and its
/// inputs_sha256 the baseline's. Throws OutputError; the old file is then as it was.
void write_measured_baseline(const std::filesystem::path& path, const MeasuredBaseline& baseline,
                             const Provenance& provenance);

/// The baseline as it was written, bit for bit, whatever dataset it was made for: variants of an analysis share it.
/// Throws InputError when the file is missing, damaged, of another schema, or of another chip than `asic`.
Stored<MeasuredBaseline> read_measured_baseline(const std::filesystem::path& path, std::string_view asic);

}  // namespace velocal
