// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/interprocess/sync/file_lock.hpp>
#include <filesystem>
#include <mutex>

namespace velocal {

/// While it lives, no other FileGuard of the file exists, in any process or thread. The lock is on a hidden file beside
/// the file, `.<file name>.lock`, which stays: removing it would let two programs in. Throws OutputError.
class FileGuard {
 public:
  explicit FileGuard(const std::filesystem::path& file);

 private:
  std::unique_lock<std::mutex> threads_;  ///< a lock of the system holds for the whole process
  boost::interprocess::file_lock processes_;
};

}  // namespace velocal
