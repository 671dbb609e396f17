// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/unfinished_files.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <utility>

namespace velocal {
namespace {

enum class Use { free, being_filled, known };

struct Slot {
  std::atomic<Use> use{Use::free};
  std::array<char, 1024> path{};
};
std::array<Slot, 256> slots;

}  // namespace

UnfinishedFile::UnfinishedFile(const char* path) noexcept : slot_(-1) {
  const std::size_t size = std::strlen(path) + 1;
  if (size > slots.front().path.size()) return;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Use expected = Use::free;
    if (!slots[i].use.compare_exchange_strong(expected, Use::being_filled)) continue;
    std::memcpy(slots[i].path.data(), path, size);
    slots[i].use = Use::known;
    slot_ = static_cast<int>(i);
    return;
  }
}

UnfinishedFile::~UnfinishedFile() {
  if (slot_ >= 0) slots[static_cast<std::size_t>(slot_)].use = Use::free;
}

UnfinishedFile::UnfinishedFile(UnfinishedFile&& other) noexcept : slot_(std::exchange(other.slot_, -1)) {}

void remove_unfinished_files() noexcept {
  for (Slot& slot : slots) {
    if (slot.use == Use::known) ::unlink(slot.path.data());
  }
}

void forget_unfinished_files() noexcept {
  for (Slot& slot : slots) slot.use = Use::free;
}

}  // namespace velocal
