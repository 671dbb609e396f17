// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/simulate_scan.hpp"

#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/file_reader.hpp"
#include "velocal/scan/required_files.hpp"
#include "velocal/simulate/acquisition_drawer.hpp"
#include "velocal/simulate/matrix_writer.hpp"

namespace velocal {
namespace {

using Paths = std::vector<std::filesystem::path>;

/// One file after the other of the first threshold, then of the next. A planted fault leaves out those of the last.
Paths acquisition_paths(const Dataset& dataset, const ScanSettings& scan) {
  Paths paths;
  std::vector<int> thresholds = scan.thresholds.values();
  if (scan.simulation && scan.simulation->fault == ChipFault::missing_files) thresholds.pop_back();
  for (const int threshold : thresholds) {
    for (int i = 0; i < scan.acquisitions.count; ++i) {
      paths.push_back(acquisition_path(dataset, scan, threshold, scan.acquisitions.first + i));
    }
  }
  return paths;
}

/// The mask, then baseline and width where the scan has a baseline.
Paths matrix_paths(const Dataset& dataset, const ScanSettings& scan) {
  Paths paths{mask_path(dataset, scan)};
  if (scan.baseline_folder) {
    const auto folder = dataset.data_root / *scan.baseline_folder;
    paths.push_back(baseline_path(folder, dataset.asic));
    paths.push_back(baseline_width_path(folder, dataset.asic));
  }
  return paths;
}

/// What stands in the files of matrix_paths().
std::vector<std::string> matrix_texts(const Truth& truth) {
  return {text_of_mask(truth.mask), text_of_values(truth.baseline.mean), text_of_values(truth.baseline.width)};
}

bool holds(const std::filesystem::path& file, const std::string& text) {
  FileReader reader;
  const auto contents = reader.read_if_there(file);
  return contents && std::ranges::equal(*contents, text);
}

bool is_there(const std::filesystem::path& file) {
  return !is_missing(file);
}

[[noreturn]] void fail(std::string_view what, const std::filesystem::path& file, int reason) {
  const std::string problem = fmt::format("{} {}", what, file.string());
  throw_if_exhausted(problem, reason);
  throw OutputError(problem, system_reason(reason));
}

/// Found out before hours are spent on drawing.
void require_place(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) fail("cannot write", file, EISDIR);
}

/// Those of the file that is replaced stay, as far as the file system has any.
void keep_permissions(const std::filesystem::path& drawn, const std::filesystem::path& place) {
  struct stat old {};
  if (::stat(place.c_str(), &old) != 0) {
    if (errno == ENOENT) return;
    fail("cannot write", place, errno);
  }
  if (::chmod(drawn.c_str(), old.st_mode & 0777) == 0) return;
  if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS) fail("cannot write", place, errno);
}

/// While one of the hidden folders is there, nobody takes the scan for a whole one.
void remove_marks(const Paths& folders) {
  std::string left;
  int reason = 0;
  for (const auto& folder : folders) {
    if (::rmdir(folder.c_str()) == 0 || errno == ENOENT) continue;
    reason = errno;
    left += (left.empty() ? "" : " and ") + folder.string();
  }
  if (left.empty()) return;
  throw OutputError(fmt::format("cannot remove {}", left), system_reason(reason),
                    "All files of the scan are in place: remove what says that they are not");
}

void remove_unfinished(const std::filesystem::path& place) {
  for (const auto& folder : unfinished_simulations(place)) {
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    if (error) fail("cannot remove", folder, error.value());
  }
}

}  // namespace

DrawnScan::DrawnScan(const Dataset& dataset, const ScanSettings& scan, const Truth& truth, int threads,
                     Progress& progress)
    : DrawnScan() {  // from here on the destructor takes away what has been made
  const Paths acquisitions = acquisition_paths(dataset, scan);
  Paths places = acquisitions;
  for (const auto& file : matrix_paths(dataset, scan)) places.push_back(file);
  std::ranges::for_each(places, require_place);
  progress.start(fmt::format("simulating {}", scan.label), acquisitions.size(), "files");
  for (const auto& file : places) files_.push_back({hidden_folder_in(file.parent_path()) / file.filename(), file});
  draw(scan, truth, acquisitions.size(), threads, progress);
  progress.finish();
}

DrawnScan::~DrawnScan() {
  if (!placing_) remove();
  while (!made_.empty()) made_.pop_back();  // the first may have made the folder of all
}

/// By the names that are known: listing a folder would take memory, which may be what has run out.
void DrawnScan::remove() const {
  for (const File& file : files_) ::unlink(file.drawn.c_str());
  for (const auto& folder : hidden_) ::rmdir(folder.c_str());
}

const std::filesystem::path& DrawnScan::hidden_folder_in(const std::filesystem::path& folder) {
  const auto known = std::ranges::find(folders_, folder);
  if (known != folders_.end()) return hidden_[static_cast<std::size_t>(known - folders_.begin())];
  made_.emplace_back(folder);
  remove_unfinished(folder);
  std::string name = (folder / fmt::format("{}XXXXXX", simulation_folder_name)).string();
  folders_.reserve(folders_.size() + 1);
  hidden_.reserve(hidden_.size() + 1);
  unfinished_.reserve(hidden_.size() + 1);
  folders_.push_back(folder);
  if (::mkdtemp(name.data()) == nullptr) fail("cannot create the folder", name, errno);
  try {
    hidden_.emplace_back(name);
  } catch (...) {  // a path takes memory for its parts
    ::rmdir(name.c_str());
    throw;
  }
  unfinished_.emplace_back(hidden_.back().c_str());
  return hidden_.back();
}

void DrawnScan::draw(const ScanSettings& scan, const Truth& truth, std::size_t acquisitions, int threads,
                     Progress& progress) {
  const AcquisitionDrawer drawer(scan, truth, threads);
  const auto per_threshold = static_cast<std::size_t>(scan.acquisitions.count);
  parallel_for(acquisitions, threads, [&](std::size_t index, int) {
    const int acquisition = scan.acquisitions.first + static_cast<int>(index % per_threshold);
    write_drawn_file(files_[index].drawn, text_of_counts(drawer.draw(index / per_threshold, acquisition)));
    progress.advance(1);
  });
  const std::vector<std::string> matrices = matrix_texts(truth);
  for (std::size_t i = acquisitions; i < files_.size(); ++i) {
    write_drawn_file(files_[i].drawn, matrices[i - acquisitions]);
  }
}

void DrawnScan::place(const std::function<void()>& place_truth) {
  for (const File& file : files_) keep_permissions(file.drawn, file.place);
  unfinished_.clear();  // an end at once now leaves the mark of a scan that is not whole
  place_truth();
  placing_ = true;
  for (const File& file : files_) {
    if (::rename(file.drawn.c_str(), file.place.c_str()) != 0) fail("cannot write", file.place, errno);
  }
  remove_marks(hidden_);
}

void simulate_scan(const Dataset& dataset, const ScanSettings& scan, const Truth& truth, int threads,
                   Progress& progress) {
  DrawnScan drawn(dataset, scan, truth, threads, progress);
  drawn.place([] {});
}

bool scan_exists(const Dataset& dataset, const ScanSettings& scan) {
  return is_there(mask_path(dataset, scan)) || std::ranges::any_of(acquisition_paths(dataset, scan), is_there);
}

bool baseline_exists(const Dataset& dataset, const ScanSettings& scan) {
  const Paths matrices = matrix_paths(dataset, scan);
  return std::any_of(matrices.begin() + 1, matrices.end(), is_there);
}

std::filesystem::path file_of_another_scan(const Dataset& dataset, const ScanSettings& scan, const Truth& truth) {
  const Paths paths = matrix_paths(dataset, scan);
  const std::vector<std::string> texts = matrix_texts(truth);
  const bool any_scan = scan_exists(dataset, scan), any_baseline = baseline_exists(dataset, scan);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const bool is_asked = i == 0 ? any_scan : any_baseline;
    if (is_asked && unfinished_simulations(paths[i].parent_path()).empty() && !holds(paths[i], texts[i])) {
      return paths[i];
    }
  }
  return {};
}

std::filesystem::path missing_file(const Dataset& dataset, const ScanSettings& scan) {
  for (const Paths& paths : {matrix_paths(dataset, scan), acquisition_paths(dataset, scan)}) {
    const auto missing = std::ranges::find_if_not(paths, is_there);
    if (missing != paths.end()) return *missing;
  }
  return {};
}

}  // namespace velocal
