// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/zip_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "velocal/core/error.hpp"
#include "velocal/core/system_failure.hpp"

namespace velocal {

ZipFile::ZipFile(std::filesystem::path path)
    : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  if (descriptor_ < 0) fail(errno);
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) {
    const int reason = errno;
    ::close(descriptor_);
    fail(reason);
  }
  if (S_ISREG(status.st_mode)) size_ = static_cast<std::uint64_t>(status.st_size);
}

ZipFile::~ZipFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void ZipFile::fail(int reason) const {
  const std::string problem = fmt::format("cannot read the archive {}", path_.string());
  throw_if_exhausted(problem, reason);
  throw InputError(problem, system_reason(reason));
}

bool ZipFile::read(std::uint64_t place, std::span<char> bytes) const {
  if (place > size_ || bytes.size() > size_ - place) return false;
  while (!bytes.empty()) {
    const ssize_t got = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(place));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(errno);
    if (got == 0) return false;
    place += static_cast<std::uint64_t>(got);
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace velocal
