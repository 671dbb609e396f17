// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/memory.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <new>

#include "support/sanitized.hpp"

namespace velocal::test {
namespace {

constexpr std::size_t KiB = 1024, MiB = 1024 * KiB;

/// This process, and 16 MiB more.
void limit_memory() {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  const rlim_t bytes = pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) + 16 * MiB;
  const rlimit limit{bytes, bytes};
  setrlimit(RLIMIT_AS, &limit);
}

/// Takes all memory there is, and tells whether an error could still have so much of it.
bool is_left_for_error(std::size_t bytes) try {
  try {
    while (true) static_cast<void>(operator new(64 * KiB));
  } catch (const std::bad_alloc&) {
    static_cast<void>(operator new(bytes));
    return true;
  }
} catch (const std::bad_alloc&) {
  return false;
}

/// Status of a child that does this.
template <class Work>
int status_of(const Work& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int status = 0;
  waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("what is kept back of the memory is there for the error when all else is taken") {
  if (is_sanitized) {
    std::puts("SKIPPED: the sanitizers take memory without limit");
    return;
  }
  const auto left = [](bool with_reserve) {
    return status_of([&] {
      if (with_reserve) keep_memory_reserve();
      limit_memory();
      return is_left_for_error(512 * KiB) ? 0 : 1;
    });
  };
  CHECK(left(true) == 0);
  CHECK(left(false) == 1);
}

}  // namespace velocal::test
