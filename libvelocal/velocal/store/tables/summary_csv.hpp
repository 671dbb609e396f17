// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/calibration/calibration.hpp"

namespace velocal {

class FileTransaction;

/// Writes summary.csv, with a row `quantity,value,error,unit` for each quantity of the calibration
/// (docs/file-formats.md). Numbers read back exactly, undefined ones are `nan`; the error is empty where a quantity has
/// none. Throws OutputError.
void write_summary(const std::filesystem::path& path, const Calibration& calibration, FileTransaction* files = nullptr);

}  // namespace velocal
