// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/file_reader.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

#include "velocal/core/error.hpp"
#include "velocal/core/system_failure.hpp"

namespace velocal {
namespace {

/// Files of counts differ a little in size. One buffer then holds them all.
constexpr std::size_t growth = std::size_t{1} << 16;

/// Why the opened file is not read; empty: it can be. A folder says so itself when it is read.
std::string objection_to(const struct stat& status, std::size_t largest) {
  if (S_ISDIR(status.st_mode)) return {};
  if (!S_ISREG(status.st_mode)) return "it is no regular file";
  if (static_cast<std::size_t>(status.st_size) <= largest) return {};
  const bool many = largest >= std::size_t{1} << 30;
  return fmt::format("it is larger than {} {}", largest >> (many ? 30 : 20), many ? "GiB" : "MiB");
}

std::string_view suggestion_for(int reason) {
  if (reason == EACCES || reason == EPERM) return "Make it readable";
  return reason == EISDIR ? "Put a file in its place" : "";
}

[[noreturn]] void fail(const std::filesystem::path& file, int reason) {
  const std::string problem = fmt::format("cannot read {}", file.string());
  throw_if_exhausted(problem, reason);
  throw InputError(problem, system_reason(reason), suggestion_for(reason));
}

}  // namespace

class FileReader::Descriptor {
 public:
  Descriptor(int folder, const std::filesystem::path& name, int flags)
      : descriptor_(::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | flags)) {}
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

std::span<const char> FileReader::read(const std::filesystem::path& name) {
  if (const auto contents = read_if_there(name)) return *contents;
  velocal::fail(folder_ / name, ENOENT);
}

std::optional<std::span<const char>> FileReader::read_if_there(const std::filesystem::path& name) {
  if (!folder_.empty() && !open_folder_) {
    auto folder = std::make_shared<const Descriptor>(AT_FDCWD, folder_, O_DIRECTORY);
    if (folder->get() < 0) fail(folder_, errno);
    open_folder_ = std::move(folder);
  }
  const Descriptor descriptor(open_folder_ ? open_folder_->get() : AT_FDCWD, name, O_NONBLOCK);  // a pipe may wait
  const auto fail = [&](int reason) { velocal::fail(folder_ / name, reason); };
  if (descriptor.get() < 0 && errno == ENOENT) return std::nullopt;
  if (descriptor.get() < 0) fail(errno);
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) fail(errno);
  if (const auto objection = objection_to(status, largest_); !objection.empty()) {
    throw InputError(fmt::format("cannot read {}", (folder_ / name).string()), objection);
  }
  const auto expected =
      S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0;  // a folder's is no size
  // There is room for more than is expected: one call takes it all, and the next sees the end.
  if (buffer_.size() <= expected) buffer_ = std::vector<char>((expected / growth + 1) * growth);
  std::size_t size = 0;
  while (true) {
    if (size > largest_) fail(EFBIG);  // it grows while it is read
    if (size == buffer_.size()) buffer_.resize(2 * size);
    const ssize_t got = ::read(descriptor.get(), buffer_.data() + size, buffer_.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(errno);
    if (got == 0) return std::span<const char>(buffer_.data(), size);
    size += static_cast<std::size_t>(got);
  }
}

}  // namespace velocal
