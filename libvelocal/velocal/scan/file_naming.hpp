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

/// Established names of the files of fluxes. `quantity` is one of csv_quantity:
/// `<quantity>_<asic>_ECS_data_ST_<shutter>_<label>_THR_<threshold>.csv` for the pixels at one threshold, and with
/// `THR_<from>-<to>-step<step>` for the whole ASIC.
std::string flux_csv_name(std::string_view quantity, const Dataset& dataset, const ScanSettings& scan, int threshold);
std::string asic_csv_name(std::string_view quantity, const Dataset& dataset, const ScanSettings& scan);

namespace csv_quantity {
inline constexpr std::string_view flux = "Fluxperpixel";
inline constexpr std::string_view flux_error = "UncertaintyFluxperpixel";
inline constexpr std::string_view asic_flux = "FluxperASIC";
inline constexpr std::string_view asic_flux_error = "UncertaintyFluxperASIC";
}  // namespace csv_quantity

}  // namespace velocal
