// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/archived_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include "velocal/core/wait.hpp"
#include "velocal/flux/acquisition_adder.hpp"
#include "velocal/scan/acquisition_name.hpp"
#include "velocal/scan/acquisition_quality.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/input_line.hpp"
#include "velocal/scan/mask.hpp"
#include "velocal/scan/required_files.hpp"

namespace velocal {
namespace {

class ArchivedScan {
 public:
  ArchivedScan(const Dataset& dataset, const ScanSettings& scan)
      : dataset_(dataset), scan_(scan), threshold_(scan.thresholds.values()) {}

  /// What the descriptor asks for and does not reject; empty: the file is something else.
  std::optional<AcquisitionName> wanted(std::string_view file) const {
    const auto name = parse_acquisition_name(file);
    const auto [first, count] = scan_.acquisitions;
    if (!name || name->asic != dataset_.asic || name->shutter != scan_.shutter.text) return std::nullopt;
    if (name->acquisition < first || name->acquisition - first >= count) return std::nullopt;
    if (!std::ranges::binary_search(threshold_, name->threshold)) return std::nullopt;
    if (is_rejected(scan_.reject, name->threshold, name->acquisition)) return std::nullopt;
    return name;
  }
  std::size_t index_of(int threshold) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(threshold_, threshold) - threshold_.begin());
  }
  /// As the read-out calls it, whatever it is called here.
  std::string name_of(const AcquisitionName& name) const {
    return acquisition_file_name(dataset_.asic, scan_.shutter.text, name.threshold, name.acquisition);
  }
  bool is_mask(const std::string& file) const { return file == mask_path(dataset_, scan_).filename(); }

  const Dataset& dataset() const { return dataset_; }
  const ScanSettings& scan() const { return scan_; }
  std::filesystem::path path() const { return scan_folder(dataset_, scan_); }

 private:
  const Dataset& dataset_;
  const ScanSettings& scan_;
  std::vector<int> threshold_;
};

/// The counts of the archive's file, which may be compressed by itself: `unpacked` then holds them.
std::span<const char> counts_of(Archive& archive, std::vector<char>& unpacked) {
  const auto text = archive.contents(largest_counts_text);
  if (!is_compressed(archive.name())) return text;
  unpacked = read_compressed(text, archive.origin(), largest_counts_text);
  return unpacked;
}

void note_rejected(FluxSums& sums, const ScanSettings& scan) {
  for (std::size_t t = 0; t < sums.threshold().size(); ++t) {
    for (int i = 0; i < scan.acquisitions.count; ++i) sums.reject(t, scan.acquisitions.first + i);
  }
}

[[noreturn]] void refuse_second_mask(const Archive& archive) {
  throw InputError("the mask is there twice", archive.origin(), "Leave one of them in its place");
}

/// Adds what lies in the archive. At a mask that `settings` has not yet it stops, takes that, and returns false.
bool add_members(const ArchivedScan& scan, FluxSettings& settings, FluxSums& sums, std::string& inputs,
                 Progress& progress) {
  AcquisitionNames present(scan.dataset().asic, scan.scan().shutter.text);
  AcquisitionAdder adder(sums);
  std::optional<std::size_t> at;
  std::vector<char> unpacked;
  std::size_t masks = 0;
  for (Archive archive(scan.path()); archive.next();) {
    if (scan.is_mask(archive.name()) && ++masks > 1) refuse_second_mask(archive);
    if (!settings.mask && scan.is_mask(archive.name())) {
      const auto text = archive.contents(largest_mask_text);
      inputs += input_line(archive.name(), std::as_bytes(text));
      settings.mask = parse_mask(text, archive.origin());
      return false;
    }
    present.add(archive.name());
    const auto name = scan.wanted(archive.name());
    if (!name) continue;
    const std::size_t t = scan.index_of(name->threshold);
    if (at && *at != t) adder.finish_threshold(*at);
    at = t;
    adder.add(t, name->acquisition, {scan.name_of(*name), archive.origin(), counts_of(archive, unpacked)});
    progress.advance(1);
  }
  if (at) adder.finish_threshold(*at);
  require_acquisitions(scan.dataset(), scan.scan(), present);
  return true;
}

}  // namespace

FluxSums sum_archive(const Dataset& dataset, const ScanSettings& scan, FluxSettings settings, std::string& inputs,
                     Progress& progress) {
  const ArchivedScan archived(dataset, scan);
  settings.mask.reset();
  while (true) {
    FluxSums sums(settings);
    note_rejected(sums, scan);
    progress.start("reading", sums.threshold().size() * static_cast<std::size_t>(scan.acquisitions.count), "files");
    if (!add_members(archived, settings, sums, inputs, progress)) continue;
    progress.finish();
    inputs += archive_line(archived.path());
    return sums;
  }
}

std::string archive_line(const std::filesystem::path& archive) {
  std::error_code error;
  const auto size = std::filesystem::file_size(archive, error);
  if (error) throw InputError(fmt::format("cannot read {}", archive.string()), error.message());
  return fmt::format("{} {} -\n", archive.filename().string(), size);
}

std::string changed_members(const Dataset& dataset, const ScanSettings& scan, const std::string& list) {
  const ArchivedScan archived(dataset, scan);
  const std::string lines = "\n" + list;
  std::vector<char> unpacked;
  for (Archive archive(archived.path()); archive.next();) {
    call_waiting_hook();
    const auto name = archived.wanted(archive.name());
    if (!name && !archived.is_mask(archive.name())) continue;
    const auto text = name ? counts_of(archive, unpacked) : archive.contents(largest_mask_text);
    const std::string line = input_line(name ? archived.name_of(*name) : archive.name(), std::as_bytes(text));
    if (lines.find("\n" + line) == std::string::npos)
      return fmt::format("{}: other contents than then", archive.origin());
  }
  return {};
}

}  // namespace velocal
