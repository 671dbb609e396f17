// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/required_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/folder_names.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/scan/acquisition_quality.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/file_naming.hpp"

namespace velocal {
namespace {

constexpr std::size_t shown_files = 5;
constexpr std::string_view data_folder_problem = "cannot read the data folder";
constexpr std::string_view data_folder_remedy = "Set data and folder in the descriptor to where the scan lies";

void require_finished(const std::filesystem::path& folder, const std::string& asic) {
  const auto unfinished = unfinished_simulations(folder, asic);
  if (unfinished.empty()) return;
  throw InputError(
      fmt::format("{} holds no whole scan", folder.string()), "a simulation is at work there, or was stopped",
      fmt::format("Run velocal-simulate with --force, or, where the acquisitions there are measured, remove {}",
                  unfinished.front().string()));
}

/// The first names of so many, a line each.
std::string list_of(std::size_t count, const std::function<std::string(std::size_t)>& name) {
  std::string text;
  for (std::size_t i = 0; i < std::min(shown_files, count); ++i) text += "\n  " + name(i);
  if (count > shown_files) text += fmt::format("\n  and {} more", count - shown_files);
  return text;
}

bool has_six_drawn_letters(std::string_view text) {
  return text.size() == 6 && std::ranges::all_of(text, [](unsigned char letter) { return std::isalnum(letter) != 0; });
}

/// An older version's name tells no chip, and may be of any.
bool is_simulation_folder(std::string_view name, const std::string& asic) {
  if (!name.starts_with(simulation_folder_name)) return false;
  name.remove_prefix(simulation_folder_name.size());
  if (name.starts_with(asic + "-")) return has_six_drawn_letters(name.substr(asic.size() + 1));
  return has_six_drawn_letters(name);
}

}  // namespace

std::vector<std::filesystem::path> unfinished_simulations(const std::filesystem::path& folder,
                                                          const std::string& asic) {
  std::vector<std::filesystem::path> found;
  if (is_missing(folder) || is_archive(folder)) return found;
  for (const std::string& name : names_in(folder, data_folder_problem, data_folder_remedy, Remedy::other_data)) {
    if (is_simulation_folder(name, asic)) found.push_back(folder / name);
  }
  return found;
}

std::string first_names(const Dataset& dataset, const ScanSettings& scan, const MissingAcquisitions& lost) {
  return list_of(lost.missing.size(), [&](std::size_t i) {
    const auto& [threshold, acquisition] = lost.missing[i];
    return acquisition_file_name(dataset.asic, scan.shutter.text, threshold.first, acquisition.first);
  });
}

AcquisitionNames present_acquisitions(const Dataset& dataset, const ScanSettings& scan) {
  AcquisitionNames names(dataset.asic, scan.shutter.text);
  const std::filesystem::path folder = scan_folder(dataset, scan);
  if (is_archive(folder)) {
    for (Archive archive(folder); archive.next();) {
      call_waiting_hook();
      names.add(archive.name());
    }
  } else {
    for (const auto& name : names_in(folder, data_folder_problem, data_folder_remedy, Remedy::other_data))
      names.add(name);
  }
  return names;
}

MissingAcquisitions missing_acquisitions(const ScanSettings& scan, const AcquisitionNames& present) {
  MissingAcquisitions found;
  for (const int threshold : scan.thresholds.values()) {
    call_waiting_hook();
    for (int a = 0; a < scan.acquisitions.count; ++a) {
      const int number = scan.acquisitions.first + a;
      if (is_rejected(scan.reject, threshold, number)) continue;
      ++found.wanted;
      if (present.find(threshold, number) == nullptr)
        found.missing.push_back({{threshold, threshold}, {number, number}});
    }
  }
  return found;
}

MissingAcquisitions missing_acquisitions(const Dataset& dataset, const ScanSettings& scan) {
  require_finished(scan_folder(dataset, scan), dataset.asic);
  return missing_acquisitions(scan, present_acquisitions(dataset, scan));
}

void require_acquisitions(const Dataset& dataset, const ScanSettings& scan, const AcquisitionNames& present) {
  require_finished(scan_folder(dataset, scan), dataset.asic);
  const MissingAcquisitions lost = missing_acquisitions(scan, present);
  if (lost.missing.empty()) return;
  const std::string others = present.others();
  throw InputError(
      fmt::format("{} of {} acquisitions are missing in {}:{}\n{}"
                  "Check asic, shutter, thresholds and acquisitions in the descriptor, or reject what was "
                  "never taken (reject.acquisitions)",
                  lost.missing.size(), lost.wanted, scan_folder(dataset, scan).string(),
                  first_names(dataset, scan, lost), others.empty() ? "" : fmt::format("Found instead: {}\n", others)));
}

void require_acquisitions(const Dataset& dataset, const ScanSettings& scan) {
  require_acquisitions(dataset, scan, present_acquisitions(dataset, scan));
}

int wanted_acquisitions(const ScanSettings& scan, int threshold) {
  int wanted = 0;
  for (int a = 0; a < scan.acquisitions.count; ++a) {
    if (!is_rejected(scan.reject, threshold, scan.acquisitions.first + a)) ++wanted;
  }
  return wanted;
}

std::vector<std::string> flux_csv_names(const Dataset& dataset, const ScanSettings& scan) {
  std::vector<std::string> names;
  for (const int threshold : scan.thresholds.values()) {
    if (wanted_acquisitions(scan, threshold) == 0) continue;
    names.push_back(flux_csv_name(csv_quantity::flux, dataset, scan, threshold));
    names.push_back(flux_csv_name(csv_quantity::flux_error, dataset, scan, threshold));
  }
  return names;
}

void require_flux_csv(const std::filesystem::path& folder, const Dataset& dataset, const ScanSettings& scan) {
  const std::vector<std::string> present =
      names_in(folder, data_folder_problem, "Name the folder of the files Fluxperpixel_...");
  const std::vector<std::string> wanted = flux_csv_names(dataset, scan);
  std::vector<std::string> missing;
  std::ranges::copy_if(wanted, std::back_inserter(missing),
                       [&](const auto& name) { return !std::ranges::binary_search(present, name); });
  if (missing.empty()) return;
  throw InputError(
      fmt::format("{} of {} files of fluxes are missing in {}:{}\n"
                  "Check asic, shutter, label and thresholds in the descriptor; flux and uncertainty are both needed, "
                  "because they tell the live time. Reject thresholds that were never taken (reject.acquisitions)",
                  missing.size(), wanted.size(), folder.string(),
                  list_of(missing.size(), [&](std::size_t i) { return missing[i]; })));
}

}  // namespace velocal
