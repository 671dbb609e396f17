// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/simulate_scan.hpp"

#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/core/file_type.hpp"
#include "velocal/core/folder_names.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/scan/acquisition_name.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/changed_files.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/input_line.hpp"
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

std::string line_of(const std::filesystem::path& file, const std::string& text) {
  return input_line(file.filename().string(), std::as_bytes(std::span(text)));
}

std::string lines_of(const Paths& matrices, const Truth& truth) {
  const std::vector<std::string> texts = matrix_texts(truth);
  std::string lines;
  for (std::size_t i = 0; i < matrices.size(); ++i) lines += line_of(matrices[i], texts[i]);
  return lines;
}

bool is_there(const std::filesystem::path& file) {
  return file_type_of(file) != std::filesystem::file_type::not_found;
}

/// All that are of this chip, whatever their threshold, shutter, zeros and compression.
Paths acquisitions_there(const Dataset& dataset, const ScanSettings& scan) {
  Paths found;
  const std::filesystem::path folder = scan_folder(dataset, scan);
  if (!is_there(folder) || is_archive(folder)) return found;
  for (const std::string& name : names_in(folder, "cannot read the data folder")) {
    const auto acquisition = parse_acquisition_name(name);
    if (acquisition && acquisition->asic == dataset.asic) found.push_back(folder / name);
  }
  std::ranges::sort(found);
  return found;
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

void remove_unfinished(const std::filesystem::path& place, const std::string& asic) {
  for (const auto& folder : unfinished_simulations(place, asic)) {
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
  for (const auto& file : places) {
    files_.push_back({hidden_folder_in(file.parent_path(), dataset.asic) / file.filename(), file});
  }
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

const std::filesystem::path& DrawnScan::hidden_folder_in(const std::filesystem::path& folder, const std::string& asic) {
  const auto known = std::ranges::find(folders_, folder);
  if (known != folders_.end()) return hidden_[static_cast<std::size_t>(known - folders_.begin())];
  made_.emplace_back(folder);
  remove_unfinished(folder, asic);
  std::string name = (folder / fmt::format("{}{}-XXXXXX", simulation_folder_name, asic)).string();
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
  lines_.resize(files_.size());
  parallel_for(acquisitions, threads, [&](std::size_t index, int) {
    const int acquisition = scan.acquisitions.first + static_cast<int>(index % per_threshold);
    write(index, text_of_counts(drawer.draw(index / per_threshold, acquisition)));
    progress.advance(1);
  });
  const std::vector<std::string> matrices = matrix_texts(truth);
  for (std::size_t i = acquisitions; i < files_.size(); ++i) write(i, matrices[i - acquisitions]);
}

void DrawnScan::write(std::size_t index, const std::string& text) {
  write_drawn_file(files_[index].drawn, text);
  lines_[index] = line_of(files_[index].place, text);
}

std::string DrawnScan::files() const {
  std::string all;
  for (const std::string& line : lines_) all += line;
  return all;
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
  return is_there(mask_path(dataset, scan)) || !acquisitions_there(dataset, scan).empty();
}

bool baseline_exists(const Dataset& dataset, const ScanSettings& scan) {
  const Paths matrices = matrix_paths(dataset, scan);
  return std::any_of(matrices.begin() + 1, matrices.end(), is_there);
}

std::string change_since_drawn(const Dataset& dataset, const ScanSettings& scan, const Truth& truth, int threads) {
  const bool is_older = truth.files.empty();  // mask and baseline have to do
  Paths paths = is_older ? Paths() : acquisitions_there(dataset, scan);
  const Paths matrices = matrix_paths(dataset, scan);
  std::ranges::copy_if(matrices, std::back_inserter(paths),
                       [&](const auto& file) { return is_older || is_there(file); });
  std::map<std::filesystem::path, bool> is_finished;  // of each folder
  for (const auto& file : paths) is_finished.try_emplace(file.parent_path());
  for (auto& [folder, finished] : is_finished) finished = unfinished_simulations(folder, dataset.asic).empty();
  std::vector<InputFile> files;
  for (const auto& file : paths) {
    if (is_finished.at(file.parent_path())) files.push_back({file, true});
  }
  return changed_files(files, is_older ? lines_of(matrices, truth) : truth.files, threads);
}

std::string files_with_those_left(const Dataset& dataset, const ScanSettings& scan, const std::string& drawn,
                                  const std::string& before) {
  const auto name_in = [](const std::string& line) { return line.substr(0, line.find(' ')); };
  std::set<std::string> names;
  std::istringstream drawn_lines(drawn), lines_before(before);
  for (std::string line; std::getline(drawn_lines, line);) names.insert(name_in(line));
  std::string files = drawn;
  for (std::string line; std::getline(lines_before, line);) {
    const std::string name = name_in(line);
    if (!names.contains(name) && is_there(scan_folder(dataset, scan) / name)) files += line + "\n";
  }
  return files;
}

std::filesystem::path missing_file(const Dataset& dataset, const ScanSettings& scan) {
  for (const Paths& paths : {matrix_paths(dataset, scan), acquisition_paths(dataset, scan)}) {
    const auto missing = std::ranges::find_if_not(paths, is_there);
    if (missing != paths.end()) return *missing;
  }
  return {};
}

}  // namespace velocal
