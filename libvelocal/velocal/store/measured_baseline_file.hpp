// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/noise/measured_baseline.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// Stands in baseline.h5 for the label of a scan: it belongs to none.
inline constexpr std::string_view measured_baseline_label = "noise";

/// Writes baseline.h5 (docs/file-formats.md). Its label is as above, its group "all", and its inputs_sha256
/// the baseline's. Throws OutputError; the old file is then as it was.
void write_measured_baseline(const std::filesystem::path& path, const MeasuredBaseline& baseline,
                             const Provenance& provenance, FileTransaction* files = nullptr);

/// The baseline as it was written, bit for bit, whatever dataset it was made for: variants of an analysis share it.
/// Throws InputError when the file is missing, damaged, of another schema, or of another chip than `asic`; "": any
/// chip.
Stored<MeasuredBaseline> read_measured_baseline(const std::filesystem::path& path, std::string_view asic);

}  // namespace velocal
