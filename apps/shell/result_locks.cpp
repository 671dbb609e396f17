// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/result_locks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "velocal/core/error.hpp"
#include "velocal/store/output/resolved_path.hpp"

namespace velocal {
namespace {

std::vector<std::filesystem::path> locked_files(const Step& step) {
  if (!step.locked.empty() || step.writes.empty()) return step.locked;
  return {step.writes.front().path};
}

}  // namespace

void ResultLocks::add(const Session& session, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (step.up_to_date && !session.force) continue;
    for (const std::filesystem::path& file : locked_files(step)) lock(file);
  }
}

ResultLocks::~ResultLocks() {
  while (!guards_.empty()) guards_.pop_back();  // the first may have made the folder of all
}

/// A link may make two results one file: the second would wait for the first.
void ResultLocks::require_own_file(const std::filesystem::path& file) const {
  std::error_code error, other_error;
  const std::filesystem::path real = resolved_path(file, error).lexically_normal();
  for (const std::filesystem::path& other : files_) {
    const bool is_same = resolved_path(other, other_error).lexically_normal() == real;
    if (!is_same || error || other_error) continue;
    throw OutputError(fmt::format("{} and {} are one file", other.string(), file.string()), "one is a link",
                      "Remove the link");
  }
}

void ResultLocks::lock(const std::filesystem::path& file) {
  const auto is_same = [&](const auto& other) { return other.lexically_normal() == file.lexically_normal(); };
  if (std::ranges::any_of(files_, is_same)) return;  // scans may share it
  require_own_file(file);
  std::string holder;
  auto guard = std::make_unique<FileGuard>(file, holder);
  if (!holder.empty()) {
    throw OutputError(fmt::format("another program is making {}", file.string()), holder, "Wait until it has ended");
  }
  files_.push_back(file);
  guards_.push_back(std::move(guard));
}

bool ResultLocks::is_outdated(const std::vector<Step>& steps) {
  return std::ranges::any_of(steps, [](const Step& step) {
    const auto locked = locked_files(step);
    return std::ranges::any_of(step.writes, [&](const PlannedFile& file) {
      return std::ranges::count(locked, file.path) > 0 && PlannedFile(file.path).state != file.state;
    });
  });
}

}  // namespace velocal
