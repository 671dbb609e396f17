// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/memory.hpp"

#include <cxxabi.h>
#include <errno.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <typeinfo>

#include "velocal/core/error.hpp"
#include "velocal/core/unfinished_files.hpp"

namespace velocal {
namespace {

constexpr std::size_t reserve_size = std::size_t{1} << 20;
std::atomic<void*> reserve{nullptr};
std::atomic<bool> ran_out{false};
std::atomic<bool> at_work{false};

/// `operator new` calls it before it gives up. It does not let the work go on with the reserve: that is for the error.
void give_reserve() {
  ran_out = true;
  std::free(reserve.exchange(nullptr));
  throw std::bad_alloc();
}

void say(const char* text) noexcept {
  if (write(2, text, std::strlen(text)) < 0) return;  // nobody is left to be told
}

[[noreturn]] void end_at_once() {
  remove_unfinished_files();
  _exit(out_of_memory());
}

/// A lack of memory may come where nothing can catch it: before main(), and in destructors of other libraries.
void end_program() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (ran_out || (type != nullptr && *type == typeid(std::bad_alloc))) end_at_once();
  std::abort();
}

void at_exit() {
  if (at_work) end_at_once();
}

/// Ahead of all that is made before main().
[[gnu::constructor(101)]] void watch_terminate() {
  std::set_terminate(end_program);
}

}  // namespace

void keep_memory_reserve() {
  reserve = std::malloc(reserve_size);
  std::set_new_handler(give_reserve);
  std::atexit(at_exit);
}

WorkWithHdf5::WorkWithHdf5() {
  at_work = true;
}

WorkWithHdf5::~WorkWithHdf5() {
  at_work = false;
}

void end_without_exit_handlers(int status) noexcept {
  std::fflush(nullptr);
  _exit(status);
}

int out_of_memory() noexcept {
  say(program_invocation_short_name);
  say(": error: out of memory. Use fewer threads (--threads), or close other programs\n");
  return static_cast<int>(ErrorKind::resource);
}

}  // namespace velocal
