// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run_log.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "shell/version.hpp"
#include "velocal/core/shell_word.hpp"
#include "velocal/core/write_all.hpp"

namespace velocal {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string utc(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

std::string indented(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    result += fmt::format("  {}\n", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

/// One write(), if the system makes it one: runs which end together do not mix their lines then. No link is followed,
/// and no pipe waited for. Returns 0 or the errno.
int append(const std::filesystem::path& file, std::string_view text) {
  constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  const int descriptor = open(file.c_str(), flags, 0666);
  if (descriptor < 0) return errno;
  const int reason = write_all(descriptor, text);
  return close(descriptor) != 0 && reason == 0 ? errno : reason;
}

}  // namespace

RunLog::RunLog(std::string program, std::span<const char* const> arguments)
    : program_(std::move(program)), command_(program_) {
  for (const char* argument : arguments) command_ += " " + shell_word(argument);
}

void RunLog::say(std::string_view text) {
  const std::scoped_lock lock(mutex_);
  said_ += indented(text);
}

void RunLog::add_folder(const std::filesystem::path& folder) {
  if (std::ranges::count(folders_, folder) == 0) folders_.push_back(folder);
}

std::string RunLog::entry(int status) const {
  const auto end = std::chrono::system_clock::now();
  const double seconds = std::chrono::duration<double>(end - begin_).count();
  return fmt::format("{} {}\n  on {}\n{}{}  ended {} after {:.1f} s with status {}\n\n", utc(begin_), command_,
                     host_name(), indented(version_text(program_)), said_, utc(end), seconds, status);
}

std::string RunLog::write(int status) const try {
  if (folders_.empty()) return {};
  const std::string text = entry(status);
  std::error_code none;
  std::string failures;
  for (const std::filesystem::path& folder : folders_) {
    const std::filesystem::path file = folder / "velocal.log";
    const int reason = std::filesystem::is_directory(folder, none) ? append(file, text) : 0;
    if (reason == 0) continue;
    failures +=
        fmt::format("{}{} ({})", failures.empty() ? "cannot write " : ", ", file.string(), std::strerror(reason));
  }
  return failures.empty() ? failures : failures + ". The results are not concerned";
} catch (const std::exception& error) {
  return fmt::format("cannot write velocal.log ({}). The results are not concerned", error.what());
}

std::string RunLog::write_and_begin_anew(int status) {
  std::string failure = write(status);
  folders_.clear();
  said_.clear();
  begin_ = std::chrono::system_clock::now();
  return failure;
}

}  // namespace velocal
