// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/file_transaction.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <set>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/store/output/file_sums.hpp"

namespace fs = std::filesystem;
using namespace velocal;
using namespace velocal::test;

namespace {

std::size_t entries_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::recursive_directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("nothing changes before the commit, and without one nothing stays, folders neither") {
  const TemporaryFolder folder;
  write_text(folder.path() / "old.csv", "old");
  {
    FileTransaction files;
    files.add(folder.path() / "old.csv", "new");
    files.add(folder.path() / "a/b/first.csv", "1");
    files.add(folder.path() / "a/b/second.csv", "2");
    CHECK(read_text(folder.path() / "old.csv") == "old");
    CHECK_FALSE(fs::exists(folder.path() / "a/b/first.csv"));
  }
  CHECK(read_text(folder.path() / "old.csv") == "old");
  CHECK(entries_in(folder.path()) == 1);
}

TEST_CASE("the commit puts all in place and removes what is to go") {
  const TemporaryFolder folder;
  write_text(folder.path() / "gone.csv", "old");
  FileTransaction files;
  files.add(folder.path() / "a/first.csv", "1");
  files.add(folder.path() / "second.csv", "2");
  files.remove(folder.path() / "gone.csv");
  files.remove(folder.path() / "never.csv");
  CHECK(files.listing(folder.path()) ==
        "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b a/first.csv\n"
        "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35 second.csv\n");
  files.commit();
  CHECK(read_text(folder.path() / "a/first.csv") == "1");
  CHECK(read_text(folder.path() / "second.csv") == "2");
  CHECK(entries_in(folder.path()) == 3);
}

TEST_CASE("nobody can tell the name of the next temporary file") {
  constexpr std::size_t drawn_length = 24;  // what is drawn, and ".tmp"; before it is the process
  const auto drawn = [] {
    const std::string name = temporary_name();
    return name.substr(name.size() - drawn_length);
  };
  std::set<std::string> ends;
  for (int i = 0; i < 100; ++i) ends.insert(drawn());
  // A counter, or numbers drawn from a state that the process has, would go on in a copy of it as they do here.
  const TemporaryFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    write_text(folder.path() / "of_child", drawn());
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  ends.insert(read_text(folder.path() / "of_child"));
  ends.insert(drawn());
  CHECK(ends.size() == 102);
}

TEST_CASE("what a killed program has left is taken away, what a running one has not") {
  const TemporaryFolder folder;
  const fs::path running = folder.path() / temporary_name();
  write_text(running, "of this process");
  const pid_t child = fork();
  if (child == 0) {
    FileTransaction files;
    files.add(folder.path() / "fit.h5", "half of a result");
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  CHECK(entries_in(folder.path()) == 2);
  CHECK(left_temporaries(folder.path()).size() == 1);
  FileTransaction files;
  files.add(folder.path() / "fit.h5", "whole");
  files.commit();
  CHECK(left_temporaries(folder.path()).empty());
  CHECK(fs::exists(running));
  CHECK(entries_in(folder.path()) == 2);
}

TEST_CASE("the sums of files keep those of other files") {
  const TemporaryFolder folder;
  const auto add = [&](const std::string& name, const std::string& text) {
    FileTransaction files;
    files.add(folder.path() / name, text);
    add_file_sums(folder.path(), files, [](const std::string&) { return false; });
    files.commit();
  };
  add("b.csv", "0");
  add("a.csv", "1");
  add("b.csv", "2");
  CHECK(read_text(folder.path() / "SHA256SUMS") ==
        "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  a.csv\n"
        "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35  b.csv\n");
}
