// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "velocal/noise/measured_baseline.hpp"

namespace velocal {

class FileTransaction;

/// Paths of the equalisation's CSV files, in the order in which they are written.
std::vector<std::filesystem::path> noise_csv_paths(const std::filesystem::path& folder, std::string_view asic,
                                                   bool control);

/// Those of the control scan alone, which are there only where the descriptor has one.
std::vector<std::filesystem::path> control_csv_paths(const std::filesystem::path& folder, std::string_view asic);

/// Writes them, with the names and formats of the equalisation's own programs (docs/file-formats.md): means and
/// predictions cut to integers, 0 where there are none. Throws OutputError.
void write_noise_csv(const std::filesystem::path& folder, const MeasuredBaseline& baseline,
                     FileTransaction* files = nullptr);

}  // namespace velocal
