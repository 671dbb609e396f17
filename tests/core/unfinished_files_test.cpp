// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/unfinished_files.hpp"

#include <catch2/catch.hpp>
#include <optional>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"

using namespace velocal;
using namespace velocal::test;

TEST_CASE("an end at once removes the files that are not finished, and no others") {
  const TemporaryFolder folder;
  const auto file = [&](const char* name) {
    write_text(folder.path() / name, "x");
    return (folder.path() / name).string();
  };
  const std::string half = file("half"), moved = file("moved"), whole = file("whole");
  const UnfinishedFile known(half.c_str());
  UnfinishedFile first(moved.c_str());
  const UnfinishedFile second(std::move(first));
  std::optional<UnfinishedFile> finished(whole.c_str());
  finished.reset();
  const UnfinishedFile too_long(std::string(5000, 'n').c_str());
  remove_unfinished_files();
  CHECK_FALSE(std::filesystem::exists(half));
  CHECK_FALSE(std::filesystem::exists(moved));
  CHECK(std::filesystem::exists(whole));
}
