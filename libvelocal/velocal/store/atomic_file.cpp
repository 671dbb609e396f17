// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/filesystem/operations.hpp>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

namespace fs = std::filesystem;

std::string_view way_out(int reason) {
  switch (reason) {
    case ENOSPC:
    case EDQUOT: return "Free space, or name another place";
    case EACCES:
    case EPERM:
    case EROFS: return "Check the permissions of the folder, or name another place";
    default: return "Name another place";
  }
}

[[noreturn]] void fail(const fs::path& target, int reason) {
  throw OutputError(fmt::format("cannot write {}", target.string()), std::generic_category().message(reason),
                    way_out(reason), Remedy::other_results);
}

class OpenFile {
 public:
  OpenFile(const fs::path& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~OpenFile() { close(); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }
  /// Some file systems tell only here that the bytes found no room.
  bool close() {
    const int descriptor = std::exchange(descriptor_, -1);
    return descriptor < 0 || ::close(descriptor) == 0 || errno == EINTR;
  }

 private:
  int descriptor_;
};

class RemovedUnlessRenamed {
 public:
  explicit RemovedUnlessRenamed(fs::path path) : path_(std::move(path)) {}
  ~RemovedUnlessRenamed() {
    if (!renamed_) ::unlink(path_.c_str());
  }
  RemovedUnlessRenamed(const RemovedUnlessRenamed&) = delete;
  RemovedUnlessRenamed& operator=(const RemovedUnlessRenamed&) = delete;

  bool rename_to(const fs::path& target) { return renamed_ = ::rename(path_.c_str(), target.c_str()) == 0; }

 private:
  fs::path path_;
  bool renamed_ = false;
};

bool write_all(int descriptor, std::span<const std::byte> contents) {
  while (!contents.empty()) {
    const ssize_t written = ::write(descriptor, contents.data(), contents.size());
    if (written < 0 && errno == EINTR) continue;
    if (written == 0) errno = EIO;
    if (written <= 0) return false;
    contents = contents.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

bool synchronise(int descriptor) {
  while (::fsync(descriptor) != 0) {
    if (errno != EINTR) return false;
  }
  return true;
}

bool has_size(int descriptor, std::size_t size) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return false;
  errno = EIO;
  return static_cast<std::size_t>(status.st_size) == size;
}

/// The file to be written: where the target is a symbolic link, the one that it names. Makes its folder.
fs::path prepared(const fs::path& target) {
  std::error_code error;
  const fs::path file = fs::is_symlink(target, error) ? fs::weakly_canonical(target, error) : target;
  if (error && error != std::errc::no_such_file_or_directory) fail(target, error.value());
  const auto type = fs::status(file, error).type();
  if (type != fs::file_type::not_found && type != fs::file_type::regular && type != fs::file_type::none) {
    throw OutputError(fmt::format("cannot write {}", target.string()), "it is there and is no regular file",
                      "Name another place", Remedy::other_results);
  }
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  if (file.has_parent_path() && error) fail(target, error.value());
  return file;
}

fs::path temporary_name(const fs::path& target, const fs::path& folder) {
  boost::system::error_code error;
  const auto name = boost::filesystem::unique_path(".velocal-%%%%-%%%%-%%%%-%%%%.tmp", error);
  if (error) fail(target, error.value());
  return folder / name.native();
}

/// Those of the file that is replaced. Where the file system has none to set, all stays as it was made.
void keep_permissions(const fs::path& file, int descriptor) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return;
  if (::fchmod(descriptor, status.st_mode & 0777) != 0) errno = 0;
}

/// A rename outlives a power cut only once the folder is on the disk; not every file system can fsync folders.
void synchronise_folder(const fs::path& target, const fs::path& folder) {
  const OpenFile opened(folder, O_RDONLY | O_DIRECTORY);
  if (!opened.is_open() || synchronise(opened.get())) return;
  if (errno == EIO || errno == ENOSPC || errno == EDQUOT) fail(target, errno);
}

}  // namespace

void replace_file(const fs::path& target, std::span<const std::byte> contents) {
  const fs::path file = prepared(target);
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const fs::path temporary = temporary_name(target, folder);
  OpenFile output(temporary, O_WRONLY | O_CREAT | O_EXCL);
  if (!output.is_open()) fail(target, errno);
  RemovedUnlessRenamed guard(temporary);
  keep_permissions(file, output.get());
  const bool complete = write_all(output.get(), contents) && synchronise(output.get()) &&
                        has_size(output.get(), contents.size()) && output.close();
  if (!complete || !guard.rename_to(file)) fail(target, errno);
  synchronise_folder(target, folder);
}

}  // namespace velocal
