// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/unfinished_files.hpp"

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

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

TEST_CASE("an end at once removes all files of an export, of which there are some hundreds") {
  const TemporaryFolder folder;
  std::vector<UnfinishedFile> files;
  for (int i = 0; i < 1000; ++i) {
    const std::filesystem::path file = folder.path() / std::to_string(i);
    write_text(file, "x");
    files.emplace_back(file.c_str());
  }
  remove_unfinished_files();
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a folder that was made goes if it is empty, also with those in it") {
  const TemporaryFolder folder;
  const std::filesystem::path made = folder.path() / "made", inner = made / "inner", used = folder.path() / "used";
  std::filesystem::create_directories(inner);
  write_text(used / "whole", "x");
  constexpr auto if_empty = UnfinishedFile::Removal::if_empty;
  const UnfinishedFile first(made.c_str(), if_empty), second(inner.c_str(), if_empty), third(used.c_str(), if_empty);
  remove_unfinished_files();
  CHECK_FALSE(std::filesystem::exists(made));
  CHECK(std::filesystem::exists(used / "whole"));
}

TEST_CASE("a folder that is not finished goes with all its files, also where they need more than one listing") {
  const TemporaryFolder folder;
  const std::filesystem::path drawn = folder.path() / "drawn";
  std::filesystem::create_directory(drawn);
  for (int i = 0; i < 5000; ++i) write_text(drawn / (std::to_string(i) + "_of_a_scan.csv"), "");
  const UnfinishedFile known(drawn.c_str());
  remove_unfinished_files();
  CHECK_FALSE(std::filesystem::exists(drawn));
}
