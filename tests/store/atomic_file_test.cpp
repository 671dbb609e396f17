// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/atomic_file.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstddef>
#include <string>

#include "support/files.hpp"
#include "support/small_disk.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

namespace fs = std::filesystem;
using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

void replace(const fs::path& target, const std::string& text) {
  replace_file(target, std::as_bytes(std::span(text)));
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

std::string message_of_failure(const fs::path& target, const std::string& text) {
  try {
    replace(target, text);
  } catch (const OutputError& error) {
    return error.what();
  }
  return "no failure";
}

/// Writes beyond this many bytes fail half-way, as on a full disk, but with EFBIG and no privileges.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    previous_handler_ = signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &previous_);
    const rlimit limit{bytes, previous_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &previous_);
    signal(SIGXFSZ, previous_handler_);
  }

 private:
  rlimit previous_{};
  void (*previous_handler_)(int) = nullptr;
};

/// Root may write everywhere; nobody may not.
class WithoutPrivileges {
 public:
  WithoutPrivileges() : user_(geteuid()) {
    if (user_ == 0) dropped_ = seteuid(65534) == 0;
  }
  ~WithoutPrivileges() {
    if (dropped_ && seteuid(user_) != 0) std::abort();
  }
  bool holds() const { return user_ != 0 || dropped_; }

 private:
  uid_t user_;
  bool dropped_ = false;
};

}  // namespace

TEST_CASE("replace_file writes new files, makes folders, and replaces old files") {
  const TemporaryFolder folder;
  const fs::path target = folder.path() / "a" / "b" / "result.h5";
  replace(target, "first");
  CHECK(read_text(target) == "first");
  replace(target, std::string("second\0zero", 11));
  CHECK(read_text(target) == std::string("second\0zero", 11));
  replace(target, "");
  CHECK(read_text(target).empty());
  CHECK(files_in(target.parent_path()) == 1);
}

TEST_CASE("replace_file gives the permissions of the umask, and takes a bare file name") {
  const TemporaryFolder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  const mode_t mask = umask(027);
  replace("bare.csv", "x");
  umask(mask);
  fs::current_path(before);
  struct stat status {};
  REQUIRE(stat((folder.path() / "bare.csv").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("replace_file keeps the permissions of the file that it replaces") {
  const TemporaryFolder folder;
  write_text(folder.path() / "private.csv", "old");
  fs::permissions(folder.path() / "private.csv", fs::perms{0600});
  replace(folder.path() / "private.csv", "new");
  CHECK(fs::status(folder.path() / "private.csv").permissions() == fs::perms{0600});
}

TEST_CASE("replace_file replaces the file behind a symbolic link, not the link") {
  const TemporaryFolder folder;
  write_text(folder.path() / "store" / "real.csv", "old");
  fs::create_symlink(folder.path() / "store" / "real.csv", folder.path() / "link.csv");
  replace(folder.path() / "link.csv", "new");
  CHECK(fs::is_symlink(folder.path() / "link.csv"));
  CHECK(read_text(folder.path() / "store" / "real.csv") == "new");
}

TEST_CASE("a write that fails half-way leaves the old file and nothing beside it") {
  const TemporaryFolder folder;
  const fs::path target = folder.path() / "fit.h5";
  replace(target, "old");
  std::string message;
  {
    const FileSizeLimit limit(10000);
    message = message_of_failure(target, std::string(20000, 'x'));
  }
  CHECK_THAT(message, Contains("cannot write " + target.string()) && Contains("File too large"));
  CHECK(read_text(target) == "old");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("on a full disk the old file stays, and the message says so") {
  const TemporaryFolder folder;
  const SmallDisk mounted(folder.path(), 64 << 10);
  if (!mounted.is_there()) {
    WARN("SKIPPED: a small file system cannot be mounted here");
    return;
  }
  const fs::path target = folder.path() / "fit.h5";
  replace(target, "old");
  const std::string message = message_of_failure(target, std::string(200000, 'x'));
  CHECK(message == "cannot write " + target.string() + " (No space left on device). Free space, or name another place");
  CHECK(read_text(target) == "old");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a folder without permission to write keeps the old file") {
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms{0755});
  const fs::path target = folder.path() / "locked" / "fit.h5";
  replace(target, "old");
  fs::permissions(target.parent_path(), fs::perms{0555});
  {
    const WithoutPrivileges nobody;
    REQUIRE(nobody.holds());
    CHECK_THAT(message_of_failure(target, "new"), Contains("Permission denied") && Contains("name another place"));
  }
  fs::permissions(target.parent_path(), fs::perms{0755});
  CHECK(read_text(target) == "old");
  CHECK(files_in(target.parent_path()) == 1);
}

TEST_CASE("a target that cannot be a file is refused") {
  const TemporaryFolder folder;
  write_text(folder.path() / "file", "text");
  CHECK_THAT(message_of_failure(folder.path() / "file" / "fit.h5", "x"), Contains("Not a directory"));
  fs::create_directories(folder.path() / "fit.h5");
  CHECK_THAT(message_of_failure(folder.path() / "fit.h5", "x"), Contains("no regular file"));
  CHECK_THAT(message_of_failure("/dev/full", "x"), StartsWith("cannot write /dev/full"));
  CHECK(fs::is_character_file("/dev/full"));
  CHECK_THAT(message_of_failure(folder.path() / std::string(300, 'n'), "x"), Contains("File name too long"));
  CHECK(files_in(folder.path()) == 2);
}
