// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "velocal/descriptor/dataset.hpp"

namespace velocal {

/// `<asic>_ECS_data_ST_<shutter>_THR_<threshold>_<acquisition>.csv`
std::string acquisition_file_name(std::string_view asic, std::string_view shutter, int threshold, int acquisition);

/// Files of a scan, below `<data_root>/<folder>/`.
std::filesystem::path scan_folder(const Dataset& dataset, const ScanSettings& scan);
std::filesystem::path acquisition_path(const Dataset& dataset, const ScanSettings& scan, int threshold,
                                       int acquisition);
std::filesystem::path mask_path(const Dataset& dataset, const ScanSettings& scan);

/// Files of the equalisation: `<asic>_TrimBest_Noise_Predict.csv` and `<asic>_Trim0_Noise_Width.csv`, those of its
/// control scan `<asic>_Control_Noise_Mean.csv` and `<asic>_Control_Noise_Width.csv`.
std::filesystem::path baseline_path(const std::filesystem::path& folder, std::string_view asic,
                                    BaselineKind kind = BaselineKind::predicted);
std::filesystem::path baseline_width_path(const std::filesystem::path& folder, std::string_view asic,
                                          BaselineKind kind = BaselineKind::predicted);

}  // namespace velocal
