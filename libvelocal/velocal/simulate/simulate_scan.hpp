// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "velocal/core/made_folders.hpp"
#include "velocal/core/progress.hpp"
#include "velocal/core/unfinished_files.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/simulate/truth.hpp"

namespace velocal {

/// The files of a scan drawn from the truth, in a hidden folder beside their places: the counts, the mask, and the
/// baseline with its width. Each file depends on the truth, the seed, its threshold and its acquisition only, so the
/// number of threads (<= 0: all) does not matter. Until place() the scan that was there before stays as it was; what is
/// not placed is removed.
class DrawnScan {
 public:
  /// Draws all. What killed simulations have left in the scan's folders is removed. Throws OutputError when that is not
  /// possible, and when a file cannot be written, or cannot be put in its place later.
  DrawnScan(const Dataset& dataset, const ScanSettings& scan, const Truth& truth, int threads = 0,
            Progress& progress = no_progress());
  ~DrawnScan();
  DrawnScan(const DrawnScan&) = delete;
  DrawnScan& operator=(const DrawnScan&) = delete;

  /// Puts the files below dataset.data_root, right after `place_truth` has put the truth in its place; when that
  /// throws, the scan is as it was. A hidden folder that stays because it was stopped there tells readers that the scan
  /// is not whole (scan/required_files.hpp). Throws OutputError, also when all is done but for that folder, which
  /// cannot be removed.
  void place(const std::function<void()>& place_truth);

  /// Truth::files of these.
  std::string files() const;

 private:
  DrawnScan() = default;
  struct File {
    std::filesystem::path drawn, place;
  };
  void remove() const;
  void draw(const ScanSettings& scan, const Truth& truth, std::size_t acquisitions, int threads, Progress& progress);
  void write(std::size_t index, const std::string& text);
  const std::filesystem::path& hidden_folder_in(const std::filesystem::path& folder, const std::string& asic);

  std::vector<MadeFolders> made_;
  std::vector<std::filesystem::path> folders_;  ///< of the scan and its baseline
  std::vector<std::filesystem::path> hidden_;   ///< in each of them
  std::vector<UnfinishedFile> unfinished_;      ///< the hidden ones, until files are put in place
  std::vector<File> files_;
  std::vector<std::string> lines_;  ///< of each of them in Truth::files
  bool placing_ = false;
};

/// Draws a scan and puts it in its place. Throws OutputError; what was there before is then as it was.
void simulate_scan(const Dataset& dataset, const ScanSettings& scan, const Truth& truth, int threads = 0,
                   Progress& progress = no_progress());

/// Whether there is a scan of the chip in the scan's folder, of whatever thresholds; and a file of the noise baseline
/// that simulate_scan() would overwrite, whose folder other scans may share. They throw InputError for what cannot be
/// looked at.
bool scan_exists(const Dataset& dataset, const ScanSettings& scan);
bool baseline_exists(const Dataset& dataset, const ScanSettings& scan);

/// What differs between the files in the scan's folders and those that the truth lists, in words; empty: nothing. All
/// acquisitions of the chip count, mask and baseline: what is not listed may be measured. Not so in a folder where a
/// simulation of the chip was stopped. Of a truth that lists none, of an older version, mask and baseline count. Throws
/// InputError when a file cannot be read.
std::string change_since_drawn(const Dataset& dataset, const ScanSettings& scan, const Truth& truth, int threads = 0);

/// The list of the files that were drawn, and of those that the truth of before lists and which are still there: of
/// thresholds that the scan no longer has.
std::string files_with_those_left(const Dataset& dataset, const ScanSettings& scan, const std::string& drawn,
                                  const std::string& before);

/// The first file that simulate_scan() would write and that is not there; empty: all are.
std::filesystem::path missing_file(const Dataset& dataset, const ScanSettings& scan);

}  // namespace velocal
