// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/find_noise_scan.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/folder_names.hpp"

namespace velocal {
namespace {

/// The scan of a file that begins and ends as such a scan's files do; the masking pattern is left out of it.
std::optional<NoiseFileName> scan_of(const std::string& file, const WantedNoiseScan& wanted) {
  const std::string beginning = fmt::format("{}_ECS_Scan_{}_", wanted.asic, wanted.trim);
  if (!file.starts_with(beginning) || !file.ends_with(".dat")) return std::nullopt;
  NoiseFileName name = parse_noise_file_name(file);
  name.pattern = 1;
  return name;
}

}  // namespace

NoiseFileName named_noise_scan(std::string_view file, const WantedNoiseScan& wanted) {
  NoiseFileName name = parse_noise_file_name(file);
  if (name.asic != wanted.asic) {
    throw InputError(fmt::format("{} is of the chip {}, not {}", file, name.asic, wanted.asic), {},
                     fmt::format("Correct asic or noise.{} in the descriptor", wanted.setting));
  }
  if (!wanted.trim.empty() && name.trim != wanted.trim) {
    throw InputError(fmt::format("{} is of {}, not {}", file, name.trim, wanted.trim), {},
                     fmt::format("Correct noise.{} in the descriptor", wanted.setting));
  }
  return name;
}

NoiseFileName find_noise_scan(const std::filesystem::path& folder, const WantedNoiseScan& wanted) {
  std::optional<NoiseFileName> found;
  for (const std::string& file :
       names_in(folder, "cannot read the folder of the noise scans",
                "Set data and noise.folder in the descriptor to where they lie", Remedy::other_data)) {
    const auto name = scan_of(file, wanted);
    if (!name || name == found) continue;
    if (found) {
      throw InputError(
          fmt::format("{} has more than one noise scan of {} and {}", folder.string(), wanted.asic, wanted.trim),
          fmt::format("{} and {}", found->text(), name->text()),
          fmt::format("Name one in the descriptor: noise.{}", wanted.setting));
    }
    found = name;
  }
  if (found) return *found;
  throw InputError(
      fmt::format("{} has no noise scan of {} and {}", folder.string(), wanted.asic, wanted.trim),
      fmt::format("no name begins with {}_ECS_Scan_{}_", wanted.asic, wanted.trim),
      fmt::format("Correct asic or noise.folder in the descriptor, or name the file: noise.{}", wanted.setting));
}

}  // namespace velocal
