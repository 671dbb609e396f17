// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/resource.h>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace velocal::test {

/// What is run, and where.
struct Command {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::filesystem::path folder;                      ///< working directory
  std::map<std::string, std::string> environment{};  ///< added to ours
  std::vector<std::pair<int, rlim_t>> limits{};      ///< of setrlimit()
  unsigned user = 0;                                 ///< not 0: runs as this user
  std::string output{};                              ///< standard output goes to this file; empty: is captured
  double timeout_s = 120.0;  ///< it is killed then; none takes a second, on a machine that is not busy
  int signal = 0;            ///< not 0: is sent after signal_after_s
  double signal_after_s = 0.0;

  /// As one types it.
  std::string text() const;
};

/// How it ended.
struct Ended {
  int status = -1;   ///< exit status, or 128 + the signal that ended it
  int ended_by = 0;  ///< that signal
  bool timed_out = false;
  bool was_alive = false;   ///< when the signal was sent
  bool left_child = false;  ///< a program that it started was still there; it is gone now
  double seconds = 0.0;
  std::string out, err;
};

/// Runs the command to its end. Several threads may do so at once.
Ended run(const Command& command);

/// The same, where only status 0 will do: throws std::runtime_error with its message for another.
Ended run_well(const Command& command);

}  // namespace velocal::test
