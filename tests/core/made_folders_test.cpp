// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/made_folders.hpp"

#include <catch2/catch.hpp>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

namespace fs = std::filesystem;
using namespace velocal;
using namespace velocal::test;

TEST_CASE("folders that are made stay once something is in them, and go empty") {
  const TemporaryFolder folder;
  fs::create_directory(folder.path() / "old");
  {
    const MadeFolders made(folder.path() / "old" / "a" / "b");
    CHECK(fs::is_directory(folder.path() / "old" / "a" / "b"));
  }
  CHECK(fs::is_empty(folder.path() / "old"));
  {
    const MadeFolders made(folder.path() / "old" / "a" / "b" / "");
    write_text(folder.path() / "old" / "a" / "file", "x");
  }
  CHECK(fs::exists(folder.path() / "old" / "a" / "file"));
  CHECK_FALSE(fs::exists(folder.path() / "old" / "a" / "b"));
}

TEST_CASE("a folder that cannot be made is an error, and those above it go") {
  const TemporaryFolder folder;
  write_text(folder.path() / "file", "x");
  CHECK_THROWS_WITH(MadeFolders(folder.path() / "file" / "a"), Catch::Contains("Not a directory"));
  CHECK_THROWS_AS(MadeFolders(folder.path() / "a" / std::string(300, 'n')), OutputError);
  CHECK_FALSE(fs::exists(folder.path() / "a"));
}
