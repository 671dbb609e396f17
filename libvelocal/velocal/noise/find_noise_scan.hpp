// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "velocal/noise/noise_file_name.hpp"

namespace velocal {

/// Which noise scan is wanted.
struct WantedNoiseScan {
  std::string_view setting;  ///< key of the section `noise` that names its file: `trim0`
  std::string_view trim;     ///< what the file's name has to say: `Trim0`; empty: anything
  std::string_view asic;
};

/// The scan of the file that the descriptor names. Throws InputError when that is of another chip or trim.
NoiseFileName named_noise_scan(std::string_view file, const WantedNoiseScan& wanted);

/// The only such scan in the folder. Throws InputError when there is none, or more than one.
NoiseFileName find_noise_scan(const std::filesystem::path& folder, const WantedNoiseScan& wanted);

}  // namespace velocal
