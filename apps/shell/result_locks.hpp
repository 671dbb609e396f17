// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "shell/session.hpp"
#include "velocal/store/output/file_guard.hpp"

namespace velocal {

/// Keeps other programs from making the same results while it lives. To be taken before anything is computed.
class ResultLocks {
 public:
  ResultLocks() = default;
  ~ResultLocks();
  ResultLocks(const ResultLocks&) = delete;
  ResultLocks& operator=(const ResultLocks&) = delete;

  /// Locks what the steps that are due make, but for what is locked already. Throws OutputError when another program is
  /// making one of the results, or two of them are one file.
  void add(const Session& session, const std::vector<Step>& steps);
  /// Whether another program has made one of these results since the steps were planned.
  static bool is_outdated(const std::vector<Step>& steps);

 private:
  void require_own_file(const std::filesystem::path& file) const;
  void lock(const std::filesystem::path& file);

  std::vector<std::filesystem::path> files_;
  std::vector<std::unique_ptr<FileGuard>> guards_;
};

}  // namespace velocal
