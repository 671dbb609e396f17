// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/file_guard.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <new>
#include <string_view>

#include "velocal/core/error.hpp"
#include "velocal/core/process_mark.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/core/write_all.hpp"
#include "velocal/store/output/resolved_path.hpp"
#include "velocal/store/output/temporary_file.hpp"

namespace velocal {
namespace {

namespace fs = std::filesystem;

fs::path real_file(const fs::path& file) {
  std::error_code error;
  fs::path real = resolved_path(file, error);
  if (!error) return real;
  const std::string problem = fmt::format("cannot lock {}", file.string());
  throw_if_exhausted(problem, error.value());
  throw OutputError(problem, error.message(), "Name another place", Remedy::other_results);
}

fs::path lock_path(const fs::path& file) {
  const fs::path named = file.has_filename() ? file : file.parent_path();  // a folder with a slash at its end
  if (!named.has_filename()) throw OutputError(fmt::format("cannot lock \"{}\"", file.string()), "it has no name");
  return named.parent_path() / fmt::format(".{}.lock", named.filename().string());
}

/// Some systems refuse O_CREAT for a file of another user, and NFS takes an exclusive lock only on what is open for
/// writing.
int open_lock(const fs::path& path) {
  constexpr int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  for (int tries = 0; tries < 100; ++tries) {
    for (const int access : {O_RDWR, O_RDONLY}) {
      const int descriptor = ::open(path.c_str(), access | flags);
      if (descriptor >= 0 || errno == ENOENT) {
        if (descriptor >= 0) return descriptor;
        break;
      }
      if (errno != EACCES && errno != EPERM && errno != EROFS) return -1;
      if (access == O_RDONLY) return -1;
    }
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | flags, 0666);
    if (descriptor >= 0) ::fchmod(descriptor, 0666);  // else nobody else could ever wait for it
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

bool is_one_file(const struct stat& a, const struct stat& b) {
  return a.st_ino == b.st_ino && a.st_dev == b.st_dev;
}

bool is_file_of(int descriptor, const fs::path& path) {
  struct stat opened {
  }, named{};
  return ::fstat(descriptor, &opened) == 0 && ::lstat(path.c_str(), &named) == 0 && is_one_file(opened, named);
}

/// What a lock says: the mark of its process, a blank, and the name of the computer.
std::string lock_text() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return fmt::format("{} {}\n", process_mark(), host.data());
}

/// The text of a lock; others may have written there what they like.
std::string text_in(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return {};
  std::array<char, 320> text{};
  const ssize_t size = ::read(descriptor, text.data(), text.size());
  ::close(descriptor);
  return {text.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

std::string mark_of(const std::string& text) {
  return text.substr(0, text.find_first_not_of("0123456789abcdef-"));
}

/// The computer that a lock's text names; empty: none, as of older versions.
std::string host_in(const std::string& text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string::npos) return {};
  constexpr auto letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
  const std::string host = text.substr(blank + 1);
  return host.substr(0, host.find_first_not_of(letters));
}

/// A file that holds this process's mark, for a link to it.
class MarkFile {
 public:
  explicit MarkFile(const fs::path& folder) : path_(folder / temporary_name()) {
    const std::string text = lock_text();
    const int descriptor = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    error_ = descriptor < 0 ? errno : 0;
    if (descriptor < 0) return;
    error_ = write_all(descriptor, text);
    if (::close(descriptor) != 0) error_ = errno;
  }
  ~MarkFile() { ::unlink(path_.c_str()); }
  MarkFile(const MarkFile&) = delete;
  MarkFile& operator=(const MarkFile&) = delete;

  int error() const { return error_; }
  /// 0: the name is ours now. EEXIST: it is another's. NFS may have made the link though it says otherwise.
  int link_as(const fs::path& name) const {
    if (::link(path_.c_str(), name.c_str()) == 0) return 0;
    const int error = errno;
    struct stat own {
    }, named{};
    const bool is_ours =
        ::lstat(path_.c_str(), &own) == 0 && ::lstat(name.c_str(), &named) == 0 && is_one_file(own, named);
    return is_ours ? 0 : error;
  }

 private:
  fs::path path_;
  int error_ = 0;
};

/// Removes the link of a process that has ended; whether it did. Who does so holds a link with that process's mark in
/// its name meanwhile: else one could remove the link that another has just made. Who was killed there leaves that
/// link, which is removed first, in the same way.
bool remove_dead_link(const fs::path& link, const fs::path& lock, const MarkFile& own, int most_dead = 8) {
  const std::string dead = mark_of(text_in(link));
  if (most_dead == 0 || !process_has_ended(dead)) return false;
  const fs::path removing = fmt::format("{}.removing-{}", lock.string(), dead);
  int error = own.link_as(removing);
  if (error == EEXIST && remove_dead_link(removing, lock, own, most_dead - 1)) error = own.link_as(removing);
  if (error != 0) return false;
  const bool is_dead_still = mark_of(text_in(link)) == dead;
  if (is_dead_still) ::unlink(link.c_str());
  ::unlink(removing.c_str());
  return is_dead_still;
}

}  // namespace

FileGuard::FileGuard(const fs::path& file)
    : lock_(lock_path(real_file(file))), held_(lock_.string() + ".held"), made_(lock_.parent_path()) {
  while (try_once() != Outcome::held) wait_a_moment();
}

FileGuard::FileGuard(const fs::path& file, std::string& who)
    : lock_(lock_path(real_file(file))), held_(lock_.string() + ".held"), made_(lock_.parent_path()), removes_(true) {
  who.clear();
  if (try_once() == Outcome::taken) {
    who = holder();
  } else {
    unfinished_lock_.emplace(lock_.c_str());
  }
}

FileGuard::~FileGuard() {
  // still locked: who waits sees that it is gone
  if (removes_ && (descriptor_ >= 0 || by_link_)) ::unlink(lock_.c_str());
  if (by_link_) ::unlink(held_.c_str());
  if (descriptor_ >= 0 && ::ftruncate(descriptor_, 0) != 0) errno = 0;  // it may be open for reading only
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FileGuard::require_lockable(const fs::path& file) {
  std::string taken;
  FileGuard guard(file, taken);
  guard.removes_ = false;
  guard.unfinished_lock_.reset();
}

FileGuard::Outcome FileGuard::try_once() {
  const Outcome outcome = try_flock();
  return outcome == Outcome::unsupported ? try_link() : outcome;
}

FileGuard::Outcome FileGuard::try_flock() {
  while (true) {
    const int descriptor = open_lock(lock_);
    if (descriptor < 0) fail(errno);
    int locked = ::flock(descriptor, LOCK_EX | LOCK_NB);
    while (locked != 0 && errno == EINTR) locked = ::flock(descriptor, LOCK_EX | LOCK_NB);
    const int reason = errno;
    errno = 0;
    if (locked == 0 && is_file_of(descriptor, lock_)) {
      descriptor_ = descriptor;
      note_holder();
      return Outcome::held;
    }
    const int unseen = errno;
    ::close(descriptor);
    if (locked == 0 && unseen != 0 && unseen != ENOENT) fail(unseen);
    if (locked == 0) continue;  // its last holder took it away meanwhile
    if (reason == EWOULDBLOCK) return Outcome::taken;
    if (reason != ENOLCK && reason != EOPNOTSUPP && reason != ENOSYS && reason != EINVAL) fail(reason);
    return Outcome::unsupported;
  }
}

FileGuard::Outcome FileGuard::try_link() {
  const MarkFile own(lock_.has_parent_path() ? lock_.parent_path() : ".");
  if (own.error() != 0) fail(own.error());
  int error = own.link_as(held_);
  if (error == EEXIST && remove_dead_link(held_, lock_, own)) error = own.link_as(held_);
  if (error != 0 && error != EEXIST) fail(error);
  by_link_ = error == 0;
  if (by_link_) unfinished_link_.emplace(held_.c_str());
  return by_link_ ? Outcome::held : Outcome::taken;
}

/// The lock holds without its text, too: where there is no memory for that, whoever waits is told less.
void FileGuard::note_holder() const try {
  const std::string text = lock_text();
  if (::ftruncate(descriptor_, 0) != 0) return;  // it may be open for reading only
  if (::pwrite(descriptor_, text.data(), text.size(), 0) < 0) return;
} catch (const std::bad_alloc&) {
  return;
}

std::string FileGuard::holder() const {
  std::string text = text_in(held_);
  if (text.empty()) text = text_in(lock_);
  const std::string mark = mark_of(text);
  const std::size_t begin = mark.find('-'), end = mark.find('-', begin + 1);
  if (end == std::string::npos) return "another program";
  const std::string host = host_in(text);
  const std::string process = "process " + mark.substr(begin + 1, end - begin - 1);
  return host.empty() ? process : fmt::format("{} on {}", process, host);
}

void FileGuard::fail(int reason) const {
  const std::string problem = fmt::format("cannot lock {}", lock_.string());
  throw_if_exhausted(problem, reason);
  throw OutputError(problem, system_reason(reason), "Check the permissions of the folder, or name another place",
                    Remedy::other_results);
}

}  // namespace velocal
