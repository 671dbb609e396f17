// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/wait.hpp"

#include <time.h>

#include <atomic>

namespace velocal {
namespace {

std::atomic<void (*)()> waiting_hook{nullptr};

}  // namespace

void set_waiting_hook(void (*hook)()) {
  waiting_hook = hook;
}

void call_waiting_hook() {
  if (auto* const hook = waiting_hook.load()) hook();
}

void wait_a_moment() {
  const timespec moment{0, 20'000'000};
  nanosleep(&moment, nullptr);
  call_waiting_hook();
}

}  // namespace velocal
