// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/file_reader.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <string>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;

TEST_CASE("files of any size are read whole, one after another") {
  const test::TemporaryFolder folder;
  FileReader reader;
  // The buffer begins with 2^18 bytes and doubles: sizes at its limits, then a small one, to see no remains.
  for (const std::size_t size : {0u, 1u, 262143u, 262144u, 262145u, 1000000u, 5u}) {
    std::string text(size, ' ');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 131 % 251);
    test::write_text(folder.path() / "file", text);
    const auto contents = reader.read(folder.path() / "file");
    CAPTURE(size);
    CHECK(std::string(contents.begin(), contents.end()) == text);
  }
}

TEST_CASE("a file that cannot be read is an error of the input with the system's reason") {
  const test::TemporaryFolder folder;
  FileReader reader;
  CHECK_THROWS_AS(reader.read(folder.path() / "file"), InputError);
  CHECK_THROWS_WITH(reader.read(folder.path() / "file"),
                    "cannot read " + (folder.path() / "file").string() + " (No such file or directory)");
  CHECK_THROWS_WITH(reader.read(folder.path()),
                    "cannot read " + folder.path().string() + " (Is a directory). Put a file in its place");
}

TEST_CASE("a pipe that nobody writes to and a device without an end are refused at once") {
  const test::TemporaryFolder folder;
  const auto pipe = folder.path() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  FileReader reader;
  CHECK_THROWS_WITH(reader.read(pipe), "cannot read " + pipe.string() + " (it is no regular file)");
  CHECK_THROWS_WITH(reader.read("/dev/zero"), "cannot read /dev/zero (it is no regular file)");
  test::write_text(folder.path() / "large", "");
  std::filesystem::resize_file(folder.path() / "large", (std::uintmax_t{1} << 30) + 1);  // takes no room on the disk
  CHECK_THROWS_WITH(reader.read(folder.path() / "large"), Catch::EndsWith("(it is larger than 1 GiB)"));
}

TEST_CASE("names are those in the reader's folder - without one, paths from the working directory") {
  const test::TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "scan");
  test::write_text(folder.path() / "scan/file", "1,2");
  FileReader reader(folder.path() / "scan");
  CHECK(std::string(reader.read("file").data(), 3) == "1,2");
  CHECK_THROWS_WITH(reader.read("none"),
                    "cannot read " + (folder.path() / "scan/none").string() + " (No such file or directory)");
  FileReader nowhere(folder.path() / "gone");
  for (int i = 0; i < 2; ++i) {
    CHECK_THROWS_WITH(nowhere.read("file"),
                      "cannot read " + (folder.path() / "gone").string() + " (No such file or directory)");
  }
  CHECK_THROWS_WITH(FileReader().read("no-such-file"), "cannot read no-such-file (No such file or directory)");
}
