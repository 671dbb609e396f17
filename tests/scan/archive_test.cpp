// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/archive.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "support/archives.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using Catch::Contains;

namespace {

std::string text_of(std::span<const char> contents) {
  return {contents.begin(), contents.end()};
}

/// All names and contents, a line each.
std::string all_of(const std::filesystem::path& file, std::size_t largest = 100) {
  std::string all;
  for (Archive archive(file); archive.next();) all += archive.name() + ": " + text_of(archive.contents(largest)) + "\n";
  return all;
}

}  // namespace

TEST_CASE("an archive of any kind gives its files one after another") {
  const test::TemporaryFolder folder;
  const std::string kind = GENERATE("a.tar", "a.tar.gz", "a.tar.zst", "a.zip");
  CAPTURE(kind);
  const auto file = folder.path() / kind;
  test::write_archive(file, {{"scan/b.csv", "two"}, {"a.csv", "one"}, {"scan/empty", ""}});
  CHECK(is_archive(file));
  CHECK_FALSE(is_archive(folder.path()));
  CHECK(all_of(file) == "b.csv: two\na.csv: one\nempty: \n");
  Archive archive(file);
  archive.next();
  CHECK(archive.origin() == file.string() + ":scan/b.csv");
  CHECK_THROWS_WITH(archive.contents(2), file.string() + ":scan/b.csv is too large (such a file has at most 2 bytes)");
}

TEST_CASE("a tar that is cut between two files is an error, too") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.tar";
  test::write_archive(file, {{"a.csv", "one"}, {"b.csv", "two"}});
  constexpr std::size_t of_one_file = 2 * 512;  // its header and its contents
  test::write_text(file, test::read_text(file).substr(0, of_one_file));
  CHECK_THROWS_WITH(all_of(file), Contains("a.tar (it is cut short, between two files). It has to be a tar"));
}

TEST_CASE("an archive that is cut short is an error, wherever the cut is") {
  const test::TemporaryFolder folder;
  const std::string kind = GENERATE("a.tar", "a.tar.gz", "a.tar.zst", "a.zip");
  const auto file = folder.path() / kind;
  std::string noise(3000, ' ');
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * i * 7 % 251);
  test::write_archive(file, {{"a.csv", noise}, {"b.csv", noise}});
  const std::string whole = test::read_text(file);
  for (const double share : {0.02, 0.3, 0.6}) {
    CAPTURE(kind, share);
    test::write_text(file, whole.substr(0, static_cast<std::size_t>(share * static_cast<double>(whole.size()))));
    const auto read_all = [&] {
      for (Archive archive(file); archive.next();) archive.contents(100000);
    };
    CHECK_THROWS_AS(read_all(), InputError);
  }
}

TEST_CASE("entries that have no place in a scan are refused by name") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.tar";
  const auto refused = [&](const test::ArchiveEntry& entry, const std::string& reason) {
    test::write_archive(file, {entry});
    CHECK_THROWS_WITH(all_of(file), Contains(entry.name + " has no place in the archive of a scan (" + reason + ")"));
  };
  refused({"../a.csv", "one"}, "it leads out of the archive's folder");
  refused({"scan/../../a.csv", "one"}, "it leads out of the archive's folder");
  refused({"/etc/a.csv", "one"}, "it leads out of the archive's folder");
  refused({"a.csv", "", "b.csv"}, "it is a link");
}

TEST_CASE("what is no archive, not there, or would wait for ever is refused") {
  const test::TemporaryFolder folder;
  test::write_text(folder.path() / "text", "1,2,3\n");
  CHECK_THROWS_WITH(all_of(folder.path() / "text"), Contains("cannot read the archive"));
  CHECK_THROWS_AS(all_of(folder.path() / "none"), InputError);
  REQUIRE(::mkfifo((folder.path() / "pipe").c_str(), 0600) == 0);
  CHECK_THROWS_WITH(all_of(folder.path() / "pipe"), Contains("it is no regular file"));
}

TEST_CASE("a compressed file is unpacked in memory, up to the size that such a file can have") {
  const test::TemporaryFolder folder;
  const std::string ending = GENERATE(".gz", ".zst");
  const auto file = folder.path() / ("a.csv" + ending);
  const std::string text(1000000, '7');
  test::write_compressed(file, text);
  CHECK(text_of(read_compressed(file, 1000000)) == text);
  CHECK_THROWS_WITH(read_compressed(file, 999999), Contains("is too large (unpacked, such a file has at most 999999"));
  const std::string packed = test::read_text(file);
  test::write_text(file, packed.substr(0, packed.size() / 2));
  CHECK_THROWS_WITH(read_compressed(file, 1000000), Contains("cannot read " + file.string()));
  test::write_text(file, "7,7,7\n");
  CHECK_THROWS_AS(read_compressed(file, 1000000), InputError);
}

TEST_CASE("one changed bit of what gzip packed changes no number: its checksum tells, in files and in archives") {
  const test::TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 3000; ++i) text += std::to_string(i * i % 97) + (i % 16 == 15 ? "\n" : ",");
  const bool archived = GENERATE(true, false);
  const auto file = folder.path() / (archived ? "a.tar.gz" : "a.csv.gz");
  if (archived) {
    test::write_archive(file, {{"a.csv", text}, {"b.csv", text}});
  } else {
    test::write_compressed(file, text);
  }
  const auto read = [&] { return archived ? all_of(file, 100000) : text_of(read_compressed(file, 100000)); };
  const std::string packed = test::read_text(file), unpacked = read();
  constexpr std::size_t header = 10;  // of gzip: time and system, which nothing depends on
  std::size_t refused = 0;
  const auto is_refused = [&] {
    try {
      const std::string all = read();
      CHECK(all == unpacked);
    } catch (const InputError&) {
      return true;
    }
    return false;
  };
  for (std::size_t place = header; place < packed.size(); ++place) {
    std::string flipped = packed;
    flipped[place] = static_cast<char>(flipped[place] ^ (1 << place % 8));
    test::write_text(file, flipped);
    CAPTURE(archived, place);
    if (is_refused()) ++refused;
  }
  CHECK(refused + 3 > packed.size() - header);  // a few bits fill a byte up, and mean nothing
  test::write_text(file, packed);
  CHECK(read() == unpacked);
}

TEST_CASE("files that gzip packed one after another are one") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "a.csv.gz";
  test::write_compressed(file, "1,2,");
  const std::string first = test::read_text(file);
  test::write_compressed(file, "3\n");
  test::write_text(file, first + test::read_text(file));
  CHECK(text_of(read_compressed(file, 100)) == "1,2,3\n");
}

TEST_CASE("where the system cannot tell whether a scan is an archive, nothing is guessed") {
  const test::TemporaryFolder folder;
  const auto loop = folder.path() / "loop";
  std::filesystem::create_symlink(loop, loop);
  CHECK_THROWS_WITH(is_archive(loop), "cannot read " + loop.string() + " (Too many levels of symbolic links)");
  CHECK_FALSE(is_archive(folder.path() / "none"));
}
