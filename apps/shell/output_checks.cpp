// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/output_checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>
#include <string_view>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

/// Looks at the nearest folder that is there: those that are missing will be made below it.
void require_writable_folder(const std::filesystem::path& file) {
  std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  std::error_code error;
  auto type = std::filesystem::status(folder, error).type();
  while (type == std::filesystem::file_type::not_found && folder.has_relative_path()) {
    folder = folder.parent_path();
    type = std::filesystem::status(folder, error).type();
  }
  if (type != std::filesystem::file_type::directory) {
    const std::string reason = type == std::filesystem::file_type::none
                                   ? fmt::format("{}: {}", folder.string(), error.message())
                                   : fmt::format("{} is no folder", folder.string());
    throw OutputError(fmt::format("cannot write {}", file.string()), reason);
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    throw OutputError(fmt::format("cannot write {}", file.string()),
                      fmt::format("{}: {}", folder.string(), std::strerror(errno)),
                      "Name another place with --results");
  }
}

/// Also of the folders that are still to be made, and with what the lock's name adds.
void require_possible_name(const std::filesystem::path& file) {
  constexpr std::size_t longest_mark = 24 + 1 + 10 + 1 + 20;  // core/process_mark.hpp: computer, number, begin
  constexpr std::size_t longest = NAME_MAX - std::string_view("..lock.removing-").size() - longest_mark;
  for (const std::filesystem::path& part : file) {
    if (part.native().size() <= longest) continue;
    throw OutputError(fmt::format("cannot write {}", file.string()),
                      fmt::format("a name of {} bytes; {} are possible", part.native().size(), longest),
                      "Choose a shorter name or label in the descriptor");
  }
}

}  // namespace

void check_outputs(const Session& session, const std::vector<Step>& steps) {
  std::vector<std::string> existing;
  std::vector<std::string> complaints;
  for (const Step& step : steps) {
    if (step.up_to_date && !session.force) continue;
    if (!step.stale.empty()) complaints.push_back(step.stale);
    for (const PlannedFile& file : step.writes) {
      require_possible_name(file.path);
      require_writable_folder(file.path);
      if (file.exists && step.stale.empty()) existing.push_back(file.path.string());
    }
  }
  if (!existing.empty()) {
    complaints.push_back(fmt::format("{} exist{}", fmt::join(existing, ", "), existing.size() == 1 ? "s" : ""));
  }
  if (complaints.empty() || session.force) return;
  const std::string there = fmt::format("{}", fmt::join(complaints, "; "));
  if (!Console::can_ask()) throw OutputError(there, {}, "Use --force to overwrite");
  if (!session.console.confirm(there + ". Overwrite?")) throw OutputError(there, "not to be overwritten");
}

}  // namespace velocal
