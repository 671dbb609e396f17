// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shell/console.hpp"
#include "shell/console_progress.hpp"
#include "velocal/core/error.hpp"
#include "velocal/descriptor/dataset_of_chips.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/scan/pixel_group.hpp"
#include "velocal/store/provenance.hpp"
#include "velocal/store/result_paths.hpp"

namespace velocal {

/// One run of a program: the dataset as the command line wants it, and how to talk to the user.
struct Session {
  Console console;
  Dataset dataset;
  std::vector<Dataset> others = {};              ///< those of further descriptors
  std::vector<ChipDataset> chips = {};           ///< of a program that takes chips together: those chosen
  std::vector<ChipDataset> all_chips = {};       ///< of such a program: those of the descriptor
  std::string all_name = {};                     ///< of such a program: name of the descriptor
  std::vector<DatasetOfChips> other_chips = {};  ///< of such a program: those of further descriptors
  std::string position = {};                     ///< "chip 3 of 48, ": goes in front of titles of progress
  std::vector<ScanSettings> scans = {};          ///< those to work on, in the descriptor's order
  PixelGroup group = PixelGroup::all;
  std::string engine = FitOptions{}.engine;
  std::uint64_t seed = 1;
  std::string overrides = {};  ///< "--model F1 --statistic poisson": what the command line changed of the descriptor
  int threads = 0;             ///< 0: all
  bool force = false;
  bool verify = false;                     ///< compare count files by their contents, too
  bool keep_going = false;                 ///< go on without acquisitions that are missing
  std::vector<std::string> resealed = {};  ///< files of results that get a seal anew
  std::string from_csv = {};               ///< folder of the fluxes that stand for the acquisitions; empty: none
  ProgressStyle progress_style = ProgressStyle::lines;

  /// "N037/warm", with a group "N037/warm/even": names a scan in reports and messages.
  std::string title(const ScanSettings& scan) const;
  /// That of the dataset, or of the descriptor where all chips are taken together.
  const std::string& name() const { return all_name.empty() ? dataset.name : all_name; }
  ResultPaths paths(const ScanSettings& scan) const { return {dataset, scan.label, group}; }
  Provenance provenance(const ScanSettings& scan, std::string inputs_sha256) const;
  std::unique_ptr<Progress> progress(const ScanSettings& scan) const;
};

/// The scans of these labels in the descriptor's order, each once; without labels all. Throws UsageError for a label
/// that there is not.
std::vector<ScanSettings> chosen_scans(const Dataset& dataset, const std::vector<std::string>& labels);

/// By which one sees that a file was written, removed or replaced meanwhile. All zero: there is none.
struct FileState {
  std::uint64_t device = 0, number = 0;
  std::int64_t size = 0, changed_s = 0, changed_ns = 0;
  bool operator==(const FileState&) const = default;
};

/// A file or folder that a step reads or writes.
struct PlannedFile {
  PlannedFile(std::filesystem::path path, std::string what = {});
  PlannedFile(std::filesystem::path path, std::string what, bool exists);

  std::filesystem::path path;
  std::string what;    ///< what it is, where the name alone does not tell
  bool exists;         ///< it is there: where it is to be written, only --force may replace it
  bool needed = true;  ///< nothing can be done without it, where it is to be read
  FileState state;     ///< when it was planned
};

/// What a program does with one scan, told before it is done.
struct Step {
  std::vector<PlannedFile> reads;
  std::string computes;
  std::vector<PlannedFile> writes;
  /// What keeps it from being done, whatever is forced: a result before that is missing or stale.
  std::optional<InputError> obstacle = {};
  /// Not all is there of what it reads; told after what may not be written.
  std::optional<InputError> missing = {};
  bool up_to_date = false;  ///< what it writes is there as it would be made now: there is nothing to do
  std::string stale = {};   ///< else, where that is known, why what is there is not; names the file
  std::string loss = {};    ///< of what is up to date: Report::loss, as when it was made
  /// What no other program may write meanwhile; empty: the first of what it writes.
  std::vector<std::filesystem::path> locked = {};
  /// Files in which others write, too, and it in the end: they have to be lockable before work begins.
  std::vector<std::filesystem::path> shared = {};
};

}  // namespace velocal
