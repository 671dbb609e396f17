// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "velocal/calibration/detector.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

class FileTransaction;

inline constexpr std::string_view detector_label = "detector";  ///< it belongs to no scan

/// `<results>/<name>/detector.h5` of a descriptor with many chips, with a group `detector_<group>.h5`.
std::filesystem::path detector_file(const std::filesystem::path& results_root, const std::string& name,
                                    PixelGroup group);

/// Writes detector.h5 (docs/file-formats.md). Throws OutputError; the old file is then as it was.
void write_detector(const std::filesystem::path& path, const Detector& detector, const Provenance& provenance,
                    FileTransaction* files = nullptr);

/// The table as it was written, bit for bit. Throws InputError when the file is missing, damaged, of another schema,
/// dataset or group.
Stored<Detector> read_detector(const std::filesystem::path& path, const Provenance& expected);

/// The same; throws InputError also where detector.csv beside it is of another run.
Detector read_whole_detector(const std::filesystem::path& path, const Provenance& expected);

/// Writes detector.csv: a row for each chip and scan. Numbers read back exactly, undefined ones are `nan`.
void write_detector_csv(const std::filesystem::path& path, const Detector& detector, FileTransaction* files = nullptr);

}  // namespace velocal
