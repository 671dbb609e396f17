// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/file_guard.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <stdexcept>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/wait.hpp"

namespace fs = std::filesystem;
using namespace velocal;
using namespace velocal::test;

namespace {

std::string holder_of(const fs::path& file) {
  std::string holder;
  const FileGuard guard(file, holder);
  return holder;
}

void end_the_wait() {
  throw std::runtime_error("interrupted");
}

/// Holds the lock in another process until it is killed.
class Holder {
 public:
  explicit Holder(const fs::path& file) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    child_ = fork();
    if (child_ == 0) {
      const FileGuard guard(file);
      if (write(ends[1], "x", 1) == 1) pause();
      _exit(0);
    }
    char ready = 0;
    if (read(ends[0], &ready, 1) != 1) throw std::runtime_error("no lock");
    close(ends[0]);
    close(ends[1]);
  }
  ~Holder() { end(); }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  void end() {
    if (child_ > 0) kill(child_, SIGKILL);
    if (child_ > 0) waitpid(child_, nullptr, 0);
    child_ = -1;
  }
  pid_t process() const { return child_; }

 private:
  pid_t child_ = -1;
};

}  // namespace

TEST_CASE("a lock that another process holds is told with its number, and goes with it") {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "fit.h5";
  Holder other(file);
  std::array<char, 256> host{};
  REQUIRE(gethostname(host.data(), host.size() - 1) == 0);
  CHECK(holder_of(file) == fmt::format("process {} on {}", other.process(), host.data()));
  other.end();
  CHECK(holder_of(file).empty());
}

TEST_CASE("a lock works through symbolic links, also those that lead to nothing as yet") {
  const TemporaryFolder folder;
  fs::create_symlink("fit.h5", folder.path() / "link.h5");
  fs::create_symlink(folder.path() / "link.h5", folder.path() / "link of link.h5");
  const Holder other(folder.path() / "link of link.h5");
  CHECK_FALSE(holder_of(folder.path() / "fit.h5").empty());
}

TEST_CASE("a lock that is not waited for leaves no file and no folder") {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "results" / "warm" / "fit.h5";
  {
    std::string holder;
    const FileGuard guard(file, holder);
    CHECK(holder.empty());
    CHECK(fs::exists(folder.path() / "results" / "warm" / ".fit.h5.lock"));
    CHECK_FALSE(holder_of(file).empty());  // of the same process
  }
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("the hook ends the wait for a lock") {
  const TemporaryFolder folder;
  const Holder other(folder.path() / "table.csv");
  set_waiting_hook(end_the_wait);
  CHECK_THROWS_WITH(FileGuard(folder.path() / "table.csv"), "interrupted");
  set_waiting_hook(nullptr);
}

TEST_CASE("a lock file of another user is no obstacle, whatever its mode, and its lock counts") {
  if (geteuid() != 0) {
    std::puts("SKIPPED: only root can become another user");
    return;
  }
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms(01777));
  const fs::path file = folder.path() / "table.csv", lock = folder.path() / ".table.csv.lock";
  write_text(lock, "");
  const auto as_another = [&] {
    const pid_t child = fork();
    if (child == 0) {
      constexpr uid_t nobody = 65534;
      if (setuid(nobody) != 0) _exit(9);
      _exit(holder_of(file).empty() ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
  };
  for (const unsigned mode : {0666u, 0644u}) {
    CAPTURE(mode);
    fs::permissions(lock, fs::perms(mode));
    CHECK(as_another() == 0);
    const FileGuard guard(file);
    CHECK(as_another() == 1);
  }
}
