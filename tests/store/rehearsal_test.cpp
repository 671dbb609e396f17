// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/rehearsal.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <cstdio>
#include <stdexcept>

#include "velocal/core/error.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/store/hdf5/hdf5_image.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

bool has_no_child() {
  return waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

struct Hook {
  explicit Hook(void (*hook)()) { set_waiting_hook(hook); }
  ~Hook() { set_waiting_hook(nullptr); }
};

/// No file can be opened.
struct NoFiles {
  NoFiles() {
    getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{0, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoFiles() { setrlimit(RLIMIT_NOFILE, &before); }
  rlimit before{};
};

}  // namespace

TEST_CASE("work that crashes is known beforehand, and nothing else of it") {
  int value = 0;
  rehearse([&] { value = 1; });
  rehearse([] { throw std::runtime_error("to be met again"); });
  CHECK(value == 0);
  for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGKILL}) {
    CAPTURE(signal);
    const auto crash = [&] {
      ::signal(signal, SIG_DFL);  // a sanitizer's would say so
      raise(signal);
    };
    CHECK_THROWS_WITH(rehearse(crash), Contains("crashes"));
  }
  CHECK(has_no_child());
}

TEST_CASE("a rehearsal ends as soon as nobody waits for it any more") {
  const Hook hook([] { throw std::runtime_error("Ctrl-C"); });
  CHECK_THROWS_WITH(rehearse([] {
                      while (true) pause();
                    }),
                    "Ctrl-C");
  CHECK(has_no_child());
}

TEST_CASE("without a process to rehearse in nothing is read, and no file is called damaged") {
#if defined(__SANITIZE_ADDRESS__)
  std::puts("SKIPPED: the sanitizers open files of their own");
  return;
#endif
  const NoFiles none;
  CHECK_THROWS_AS(rehearse([] {}), Error);
}
