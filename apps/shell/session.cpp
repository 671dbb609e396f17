// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/session.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "velocal/core/is_missing.hpp"

namespace velocal {
namespace {

bool is_there(const std::filesystem::path& path) {
  return !is_missing(path);
}

FileState state_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

}  // namespace

std::string Session::title(const ScanSettings& scan) const {
  const std::string name = fmt::format("{}/{}", dataset.name, scan.label);
  return group == PixelGroup::all ? name : fmt::format("{}/{}", name, group_name(group));
}

Provenance Session::provenance(const ScanSettings& scan, std::string inputs_sha256) const {
  return provenance_of(dataset, scan.label, group, overrides, std::move(inputs_sha256));
}

std::unique_ptr<Progress> Session::progress(const ScanSettings& scan) const {
  return std::make_unique<ConsoleProgress>(position + title(scan), progress_style);
}

std::vector<ScanSettings> chosen_scans(const Dataset& dataset, const std::vector<std::string>& labels) {
  for (const std::string& label : labels) dataset.scan(label);
  std::vector<ScanSettings> chosen;
  for (const ScanSettings& scan : dataset.scans) {
    if (labels.empty() || std::ranges::count(labels, scan.label) > 0) chosen.push_back(scan);
  }
  return chosen;
}

PlannedFile::PlannedFile(std::filesystem::path file, std::string meaning)
    : path(std::move(file)), what(std::move(meaning)), exists(is_there(path)), state(state_of(path)) {}

PlannedFile::PlannedFile(std::filesystem::path file, std::string meaning, bool is_present)
    : path(std::move(file)), what(std::move(meaning)), exists(is_present), state(state_of(path)) {}

}  // namespace velocal
