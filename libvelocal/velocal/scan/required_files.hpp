// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/acquisition_name.hpp"

namespace velocal {

/// The acquisitions of a scan that have no file.
struct MissingAcquisitions {
  std::vector<RejectedAcquisitions> missing;  ///< one a rule, so that they may be rejected
  std::size_t wanted = 0;                     ///< acquisitions that the descriptor does not reject
};

/// Begin of the name of the hidden folder in which a simulation draws before it puts its files in place; the chip, `-`
/// and six drawn letters follow.
inline constexpr std::string_view simulation_folder_name = ".velocal-simulate-";

/// Such folders of the chip in this one: a simulation is running, or was killed. None where there is no folder, or an
/// archive. Throws InputError for a folder that cannot be read.
std::vector<std::filesystem::path> unfinished_simulations(const std::filesystem::path& folder, const std::string& asic);

/// What is in the scan's folder, or archive. Throws InputError when it cannot be read, or holds an
/// acquisition twice.
AcquisitionNames present_acquisitions(const Dataset& dataset, const ScanSettings& scan);

/// Throws as present_acquisitions() does, and when a simulation there has not ended: files of two scans may lie side by
/// side then.
MissingAcquisitions missing_acquisitions(const Dataset& dataset, const ScanSettings& scan);
/// The same, of those that have been found.
MissingAcquisitions missing_acquisitions(const ScanSettings& scan, const AcquisitionNames& present);

/// Names of the first five of them, each in a new line, and how many more there are.
std::string first_names(const Dataset& dataset, const ScanSettings& scan, const MissingAcquisitions& lost);

/// Checks that each acquisition that the descriptor does not reject has its file.
/// Throws InputError that counts all missing files and names the first five.
void require_acquisitions(const Dataset& dataset, const ScanSettings& scan);

/// The same, of those that have been found.
void require_acquisitions(const Dataset& dataset, const ScanSettings& scan, const AcquisitionNames& present);

/// Number of the threshold's acquisitions that the descriptor does not reject.
int wanted_acquisitions(const ScanSettings& scan, int threshold);

/// Names of the files of the pixels' fluxes and of their uncertainties, in turn, at each threshold that has an
/// acquisition left (scan/file_naming.hpp).
std::vector<std::string> flux_csv_names(const Dataset& dataset, const ScanSettings& scan);

/// Checks that all these are in the folder. Throws InputError that counts those that are missing and names five.
void require_flux_csv(const std::filesystem::path& folder, const Dataset& dataset, const ScanSettings& scan);

}  // namespace velocal
