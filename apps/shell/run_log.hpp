// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace velocal {

/// What one run of a program did and said, to be added to the file velocal.log of each folder of results that it
/// worked on: time, command, host, versions, messages and reports, exit status. It alone has times in it.
class RunLog {
 public:
  RunLog(std::string program, std::span<const char* const> arguments);

  /// Takes the lines of a message or a report. May be called on any thread.
  void say(std::string_view text);
  /// The log of this folder gets the run.
  void add_folder(const std::filesystem::path& folder);
  /// Adds the run to the logs of the folders that exist. Returns why that failed, or nothing. Throws nothing.
  std::string write(int status) const;
  /// The same; what follows is a run of its own, with folders and messages of its own.
  std::string write_and_begin_anew(int status);

 private:
  std::string entry(int status) const;

  std::string program_;
  std::string command_;
  std::chrono::system_clock::time_point begin_ = std::chrono::system_clock::now();
  std::mutex mutex_;
  std::string said_;
  std::vector<std::filesystem::path> folders_;
};

}  // namespace velocal
