// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/temporary_file.hpp"

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
#include "velocal/core/process_mark.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/core/write_all.hpp"
#include "velocal/store/output/resolved_path.hpp"

namespace velocal {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view name_begin = ".velocal-", name_end = ".tmp";
constexpr std::size_t random_length = 20;  ///< of "-" and what cannot be guessed

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
  const std::string problem = fmt::format("cannot write {}", target.string());
  throw_if_exhausted(problem, reason);
  throw OutputError(problem, system_reason(reason), way_out(reason), Remedy::other_results);
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

/// The file to be written, which may be missing.
fs::path file_behind(const fs::path& target) {
  std::error_code error;
  const fs::path file = resolved_path(target, error);
  if (error) fail(target, error.value());
  const auto type = fs::status(file, error).type();
  if (type != fs::file_type::not_found && type != fs::file_type::regular && type != fs::file_type::none) {
    throw OutputError(fmt::format("cannot write {}", target.string()), "it is there and is no regular file",
                      "Name another place", Remedy::other_results);
  }
  return file;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// Those of the file that is replaced, if there is one, and its group, where the system lets us. False: they cannot be
/// kept, and what only the owner could read might be open to all. Where the file system has none to set, all stays as
/// it was made.
bool keep_permissions(const fs::path& file, int descriptor) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return errno == ENOENT || errno == ENOTDIR;
  if (::fchown(descriptor, static_cast<uid_t>(-1), status.st_gid) != 0) errno = 0;
  return ::fchmod(descriptor, status.st_mode & 0777) == 0 || errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS;
}

}  // namespace

std::string temporary_name() {
  boost::system::error_code error;
  const auto random = boost::filesystem::unique_path("-%%%%-%%%%-%%%%-%%%%", error);
  if (error) fail("a temporary file", error.value());
  return fmt::format("{}{}{}{}", name_begin, process_mark(), random.native(), name_end);
}

std::vector<fs::path> left_temporaries(const fs::path& folder) {
  std::vector<fs::path> left;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(name_begin) || !name.ends_with(name_end)) continue;
    const std::string_view mark =
        std::string_view(name).substr(name_begin.size(), name.size() - name_begin.size() - name_end.size());
    if (mark.size() > random_length && process_has_ended(mark.substr(0, mark.size() - random_length))) {
      left.push_back(entry->path());
    }
  }
  return left;
}

TemporaryFile::TemporaryFile(fs::path target, std::span<const std::byte> contents)
    : TemporaryFile(std::move(target), [&](const ByteSink& sink) { sink(contents); }) {}

TemporaryFile::TemporaryFile(fs::path target, const std::function<void(const ByteSink&)>& write)
    : target_(std::move(target)),
      file_(file_behind(target_)),
      folder_(folder_of(file_)),
      made_(folder_, fmt::format("cannot write {}", target_.string())) {
  fs::path temporary = folder_ / temporary_name();
  unfinished_.emplace(temporary.c_str());
  OpenFile output(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
  if (!output.is_open()) fail(target_, errno);
  const auto require = [&](bool done) {
    if (!done) fail(target_, errno);
  };
  try {
    require(keep_permissions(file_, output.get()));
    std::size_t size = 0;
    write([&](std::span<const std::byte> bytes) {
      const int error = write_all(output.get(), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      if (error != 0) fail(target_, error);
      size += bytes.size();
    });
    require(synchronise(output.get()) && has_size(output.get(), size) && output.close());
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  temporary_ = std::move(temporary);  // nothing that could fail
}

TemporaryFile::~TemporaryFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : target_(std::move(other.target_)),
      file_(std::move(other.file_)),
      folder_(std::move(other.folder_)),
      made_(std::move(other.made_)),
      temporary_(std::move(other.temporary_)),
      unfinished_(std::move(other.unfinished_)) {
  other.temporary_.clear();
}

void TemporaryFile::place() {
  if (::rename(temporary_.c_str(), file_.c_str()) != 0) fail(target_, errno);
  temporary_.clear();
  unfinished_.reset();
}

void synchronise_folder(const fs::path& folder, const fs::path& file) {
  const OpenFile opened(folder, O_RDONLY | O_DIRECTORY);
  if (!opened.is_open() || synchronise(opened.get())) return;
  if (errno != EIO && errno != ENOSPC && errno != EDQUOT) return;
  throw OutputError(fmt::format("{} is written and complete, but its folder is not safe on the disk", file.string()),
                    system_reason(errno), "Look whether the file is still there after a power cut");
}

}  // namespace velocal
