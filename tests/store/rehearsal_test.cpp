// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/rehearsal.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <cstdio>
#include <functional>
#include <new>
#include <stdexcept>
#include <vector>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/unfinished_files.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/store/hdf5/hdf5_image.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

namespace {

bool has_no_child() {
  return waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

struct Hook {
  explicit Hook(void (*hook)()) { set_waiting_hook(hook); }
  ~Hook() { set_waiting_hook(nullptr); }
};

using Work = std::function<void()>;

Work by_signal(int signal) {
  return [=] {
    ::signal(signal, SIG_DFL);  // a sanitizer's would say so
    raise(signal);
  };
}

Work by_status(int status) {
  return [=] { _exit(status); };
}

Work by_lack() {
  return [] { throw std::bad_alloc(); };
}

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
  CHECK(rehearse([&] { value = 1; }));
  CHECK_FALSE(rehearse([] { throw std::runtime_error("to be met again"); }));
  CHECK(value == 0);
  for (const int signal : {SIGSEGV, SIGABRT, SIGBUS}) {
    CAPTURE(signal);
    CHECK_THROWS_AS(rehearse(by_signal(signal)), Hdf5Problem);
    CHECK_THROWS_WITH(rehearse(by_signal(signal)), Contains("crashes"));
  }
  CHECK_THROWS_WITH(rehearse(by_signal(SIGXCPU)), Contains("computes for a minute"));
  rehearse([] {
    rlimit limit{};
    getrlimit(RLIMIT_CPU, &limit);
    if (limit.rlim_cur > 60) raise(SIGSEGV);  // nobody would send SIGXCPU
  });
  CHECK(has_no_child());
}

TEST_CASE("a rehearsal that lacks memory does not call the file damaged") {
  for (const auto& work : {by_signal(SIGKILL), by_lack(), by_status(7)}) {
    try {
      rehearse(work);
      FAIL("it ended well");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::resource);
      CHECK_THAT(error.what(), Contains("memory"));
    }
  }
}

TEST_CASE("a rehearsal that stands still ends, whoever handles alarms, and does not call the file damaged") {
  const auto before = signal(SIGALRM, SIG_IGN);
  const auto stand_still = [] {
    if (alarm(1) == 0) _exit(0);  // nobody would have ended it
    while (true) pause();
  };
  CHECK_THROWS_WITH(rehearse(stand_still), Contains("stood still"));
  CHECK(has_no_child());
  signal(SIGALRM, before);
}

TEST_CASE("a file that asks for more than 8 GiB of memory gets less") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  std::puts("SKIPPED: the sanitizers reserve terabytes");
  return;
#endif
  const auto ask = [](std::size_t gibibytes) { return [=] { std::vector<char>().reserve(gibibytes << 30); }; };
  rehearse(ask(7));
  CHECK_THROWS_WITH(rehearse(ask(9)), Contains("than 8 GiB"));
}

TEST_CASE("a rehearsal that ends at once leaves the unfinished files of the original") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "unfinished";
  write_text(file, "");
  const UnfinishedFile unfinished(file.c_str());
  rehearse(remove_unfinished_files);
  CHECK(exists(file));
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
