// SPDX-License-Identifier: GPL-3.0-or-later
#include "hdf5_escape.hpp"

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <string_view>

#include "fuzz.hpp"

namespace velocal::fuzz {
namespace {

/// Thrown out of a signal's handler, through HDF5: the calls in C end, and our objects release what they hold.
struct Escape {};

std::map<int, struct sigaction> others;  ///< by signal: who is told when HDF5 is not the cause

bool is_in(const char* library, const void* instruction) {
  Dl_info place{};
  return dladdr(instruction, &place) != 0 && std::strstr(place.dli_fname, library) != nullptr;
}

/// What HDF5 has called, if its call is the last one of HDF5's or of ours: "" is its own code. The sanitizer's
/// functions count for nothing.
std::optional<std::string_view> called_by_hdf5() {
  void* calls[64];
  const int count = backtrace(calls, 64);
  std::string_view called;
  for (int i = 0; i < count; ++i) {
    if (is_in("libhdf5", calls[i])) return called;
    if (is_in("libvelocal", calls[i])) break;
    Dl_info place{};
    called = dladdr(calls[i], &place) != 0 && place.dli_sname != nullptr ? place.dli_sname : "";
  }
  return std::nullopt;
}

/// After so many microseconds of computing; 0: none.
void set_alarm(int microseconds) {
  const itimerval times{.it_interval = {0, 0}, .it_value = {0, microseconds}};
  setitimer(ITIMER_PROF, &times, nullptr);
}

/// No alarm may come while the exception is on its way.
[[noreturn]] void escape(std::string_view why) {
  set_alarm(0);
  const char* file = std::getenv("VELOCAL_FUZZ_ESCAPES");
  const int descriptor = file == nullptr ? -1 : open(file, O_WRONLY | O_APPEND | O_CREAT, 0644);
  if (descriptor >= 0) {
    require(write(descriptor, why.data(), why.size()) == static_cast<ssize_t>(why.size()));
    close(descriptor);
  }
  throw Escape();
}

void at_crash(int signal, siginfo_t*, void*) {
  if (called_by_hdf5()) escape("crash\n");
  sigaction(signal, &others[signal], nullptr);  // the same instruction crashes again
}

/// Not from the allocator, which would stay locked: the alarm comes again soon. A copy of terabytes is a loop, too: the
/// sanitizer looks at each byte first.
void at_alarm(int, siginfo_t*, void* context) {
  const auto& at = static_cast<const ucontext_t*>(context)->uc_mcontext;
  const bool is_own_code = is_in("libhdf5", reinterpret_cast<const void*>(at.gregs[REG_RIP]));
  if (is_own_code || called_by_hdf5().value_or("").find("memcpy") != std::string_view::npos) escape("hang\n");
  set_alarm(10'000);
}

void handle(int signal, void (*handler)(int, siginfo_t*, void*)) {
  struct sigaction action {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART | SA_NODEFER;
  sigaction(signal, &action, &others[signal]);
}

bool handle_all() {
  called_by_hdf5();  // its first call allocates
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE}) handle(signal, at_crash);
  handle(SIGPROF, at_alarm);
  return true;
}

}  // namespace

void escape_from_hdf5(int longest_ms, const std::function<void()>& work) {
  [[maybe_unused]] static const bool handled = handle_all();
  set_alarm(longest_ms * 1000);
  try {
    work();
  } catch (const Escape&) {
  }
  set_alarm(0);
}

}  // namespace velocal::fuzz
