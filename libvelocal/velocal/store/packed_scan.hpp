// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "velocal/core/progress.hpp"
#include "velocal/descriptor/dataset.hpp"

namespace velocal {

/// The files of one chip in a folder of scans: those whose names begin with the chip's.
struct FilesToPack {
  std::filesystem::path folder;
  std::vector<std::string> names = {};   ///< mask and the like first, then the acquisitions in ascending order
  std::vector<std::string> others = {};  ///< what else is there, and stays out of the archive
  bool of_several_chips = false;         ///< the folder holds acquisitions of other chips, too
};

/// Throws InputError when the folder cannot be read.
FilesToPack files_to_pack(const Dataset& dataset, const ScanSettings& scan);

/// The archive beside the folder: `<folder>.zip`, or `<folder>_<asic>.zip` where several chips share the folder.
std::filesystem::path packed_path(const FilesToPack& files, const Dataset& dataset);

/// Whether the archive is there and holds these files, compared by names, sizes and times.
bool is_packed(const FilesToPack& files, const std::filesystem::path& archive);

/// What an archive that is there holds beside these files, and replacing it would lose. Empty: it is no archive that
/// velocal-pack makes. Throws InputError when it cannot be read.
std::optional<std::vector<std::string>> only_in_archive(const FilesToPack& files, const std::filesystem::path& archive);

struct PackedScan {
  std::uint64_t files = 0;
  std::uint64_t size = 0;    ///< bytes of the files
  std::uint64_t packed = 0;  ///< bytes of the archive
};

/// Makes the archive, or replaces it: a zip whose files are compressed each by itself and compared with what was read,
/// with `SHA256SUMS` of all at its end. The same files, with their times, give the same bytes, whatever the number of
/// threads. The files themselves are left alone.
/// `check` is called before each file and may throw to end the work: nothing is left then. Throws InputError when a
/// file cannot be read, OutputError when the archive cannot be written.
PackedScan write_packed_scan(const FilesToPack& files, const std::filesystem::path& archive, int threads,
                             Progress& progress, const std::function<void()>& check);

}  // namespace velocal
