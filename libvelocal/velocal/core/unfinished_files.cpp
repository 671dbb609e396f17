// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/unfinished_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <utility>

namespace velocal {
namespace {

enum class Use : unsigned char { free, being_filled, removed_always, removed_if_empty };

/// Apart from each other: who forgets the uses, in a copy of the process, touches none of the memory of the paths.
/// An export of a scan has two files of each threshold.
std::array<std::atomic<Use>, 4096> slot_uses;
std::array<std::array<char, 1024>, slot_uses.size()> slot_paths;

/// Without memory, which opendir() takes.
void remove_folder(const char* path) noexcept {
  const int folder = ::open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return;
  alignas(dirent64) static std::array<char, 1 << 16> entries;
  while (true) {
    const ssize_t size = ::getdents64(folder, entries.data(), entries.size());
    if (size <= 0) break;
    for (ssize_t at = 0; at < size;) {
      const auto* entry = reinterpret_cast<const dirent64*>(entries.data() + at);
      ::unlinkat(folder, entry->d_name, 0);  // fails for "." and ".."
      at += entry->d_reclen;
    }
  }
  ::close(folder);
  ::rmdir(path);
}

}  // namespace

UnfinishedFile::UnfinishedFile(const char* path, Removal removal) noexcept : slot_(-1) {
  const std::size_t size = std::strlen(path) + 1;
  if (size > slot_paths.front().size()) return;
  for (std::size_t i = 0; i < slot_uses.size(); ++i) {
    Use expected = Use::free;
    if (!slot_uses[i].compare_exchange_strong(expected, Use::being_filled)) continue;
    std::memcpy(slot_paths[i].data(), path, size);
    slot_uses[i] = removal == Removal::always ? Use::removed_always : Use::removed_if_empty;
    slot_ = static_cast<int>(i);
    return;
  }
}

UnfinishedFile::~UnfinishedFile() {
  if (slot_ >= 0) slot_uses[static_cast<std::size_t>(slot_)] = Use::free;
}

UnfinishedFile::UnfinishedFile(UnfinishedFile&& other) noexcept : slot_(std::exchange(other.slot_, -1)) {}

void remove_unfinished_files() noexcept {
  for (std::size_t i = 0; i < slot_uses.size(); ++i) {
    if (slot_uses[i] == Use::removed_always && ::unlink(slot_paths[i].data()) != 0) remove_folder(slot_paths[i].data());
  }
  for (bool removed = true; removed;) {  // a folder is empty once the one in it is gone
    removed = false;
    for (std::size_t i = 0; i < slot_uses.size(); ++i) {
      removed = (slot_uses[i] == Use::removed_if_empty && ::rmdir(slot_paths[i].data()) == 0) || removed;
    }
  }
}

void forget_unfinished_files() noexcept {
  for (std::atomic<Use>& use : slot_uses) use = Use::free;
}

}  // namespace velocal
