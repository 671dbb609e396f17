// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/file_guard.hpp"

#include <fmt/format.h>

#include <boost/interprocess/exceptions.hpp>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

std::mutex& mutex_of_process() {
  static std::mutex one;
  return one;
}

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& reason) {
  throw OutputError(fmt::format("cannot lock {}", file.string()), reason,
                    "Check the permissions of the folder, or name another place", Remedy::other_results);
}

std::filesystem::path lock_path(const std::filesystem::path& file) {
  return file.parent_path() / fmt::format(".{}.lock", file.filename().string());
}

boost::interprocess::file_lock lock_beside(const std::filesystem::path& file) {
  const std::filesystem::path path = lock_path(file);
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  errno = 0;
  if (error || !std::ofstream(path, std::ios::app)) {
    fail(path, error ? error.message() : std::generic_category().message(errno));
  }
  return boost::interprocess::file_lock(path.c_str());
}

void lock_despite_signals(boost::interprocess::file_lock& lock) {
  while (true) {
    try {
      return lock.lock();
    } catch (const boost::interprocess::interprocess_exception& error) {
      if (error.get_native_error() != EINTR) throw;
    }
  }
}

}  // namespace

FileGuard::FileGuard(const std::filesystem::path& file) : threads_(mutex_of_process()) {
  try {
    processes_ = lock_beside(file);
    lock_despite_signals(processes_);
  } catch (const boost::interprocess::interprocess_exception& error) {
    fail(lock_path(file), error.what());
  }
}

}  // namespace velocal
