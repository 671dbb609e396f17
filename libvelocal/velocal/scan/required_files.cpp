// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/required_files.hpp"

#include <fmt/format.h>

#include <string>
#include <unordered_set>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/scan/acquisition_quality.hpp"
#include "velocal/scan/file_naming.hpp"

namespace velocal {
namespace {

constexpr std::size_t shown_files = 5;

/// One listing of the folder is far cheaper than 12,100 questions for a file, above all on a network file system.
std::unordered_set<std::string> file_names(const std::filesystem::path& folder) {
  std::error_code error;
  std::unordered_set<std::string> names;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string& path = entry->path().native();
    names.insert(path.substr(path.rfind('/') + 1));
  }
  if (error) {
    throw InputError(fmt::format("cannot read the data folder {}", folder.string()), error.message(),
                     "Set data and folder in the descriptor to where the scan lies", Remedy::other_data);
  }
  return names;
}

std::string list_of(const std::vector<std::string>& missing) {
  std::string text;
  for (std::size_t i = 0; i < std::min(shown_files, missing.size()); ++i) text += "\n  " + missing[i];
  if (missing.size() > shown_files) text += fmt::format("\n  and {} more", missing.size() - shown_files);
  return text;
}

}  // namespace

void require_acquisitions(const Dataset& dataset, const ScanSettings& scan) {
  const auto folder = scan_folder(dataset, scan);
  const auto present = file_names(folder);
  std::vector<std::string> missing;
  std::size_t wanted = 0;
  for (const int threshold : scan.thresholds.values()) {
    for (int a = 0; a < scan.acquisitions.count; ++a) {
      const int acquisition = scan.acquisitions.first + a;
      if (is_rejected(scan.reject, threshold, acquisition)) continue;
      ++wanted;
      auto name = acquisition_file_name(dataset.asic, scan.shutter.text, threshold, acquisition);
      if (!present.contains(name)) missing.push_back(std::move(name));
    }
  }
  if (missing.empty()) return;
  throw InputError(
      fmt::format("{} of {} acquisitions are missing in {}:{}\n"
                  "Check asic, shutter, thresholds and acquisitions in the descriptor, or reject what was "
                  "never taken (reject.acquisitions)",
                  missing.size(), wanted, folder.string(), list_of(missing)));
}

}  // namespace velocal
