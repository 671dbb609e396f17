// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/packed_scan.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <stdexcept>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/store/output/zip_writer.hpp"

using namespace velocal;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

/// A folder with files of a chip, which need not be counts.
struct LooseFiles {
  LooseFiles() {
    dataset.asic = "Module0_VP3-1";
    dataset.data_root = folder.path();
    scan.label = "warm";
    scan.folder = "scan";
    for (int i = 0; i < 300; ++i) {
      files[fmt::format("Module0_VP3-1_ECS_data_ST_5s_THR_{}_{}.csv", 1500 + i / 10, i % 10)] =
          std::string(static_cast<std::size_t>(i), static_cast<char>('0' + i % 10));
    }
    files["Module0_VP3-1_Matrix_Mask.csv"] = "0,1\n";
    for (const auto& [name, text] : files) test::write_text(folder.path() / "scan" / name, text);
  }
  FilesToPack to_pack() const { return files_to_pack(dataset, scan); }
  fs::path archive() const { return packed_path(to_pack(), dataset); }
  PackedScan pack(int threads = 2) const {
    return write_packed_scan(to_pack(), archive(), threads, no_progress(), [] {});
  }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder.path()), {}));
  }

  test::TemporaryFolder folder;
  Dataset dataset;
  ScanSettings scan;
  std::map<std::string, std::string> files;
};

/// By libarchive, another reader than ours.
std::map<std::string, std::string> contents_of(const fs::path& file) {
  std::map<std::string, std::string> contents;
  for (Archive archive(file); archive.next();) {
    const auto text = archive.contents(std::size_t{1} << 20);
    contents[archive.name()] = {text.begin(), text.end()};
  }
  return contents;
}

}  // namespace

TEST_CASE("an archive holds each byte of the files, and the checksum of each") {
  const LooseFiles loose;
  const PackedScan done = loose.pack();
  CHECK(loose.archive() == loose.folder.path() / "scan.zip");
  CHECK(done.files == loose.files.size());
  auto contents = contents_of(loose.archive());
  std::string sums = contents["SHA256SUMS"];
  contents.erase("SHA256SUMS");
  CHECK(contents == loose.files);
  for (const auto& [name, text] : loose.files) {
    CHECK_THAT(sums, Contains(fmt::format("{}  {}\n", sha256_hex(std::as_bytes(std::span(text))), name)));
  }
  CHECK(sums.starts_with(sha256_hex(std::as_bytes(std::span(loose.files.at("Module0_VP3-1_Matrix_Mask.csv"))))));
}

TEST_CASE("the same files give the same archive, whatever the number of threads, and it is known again") {
  const LooseFiles loose;
  CHECK_FALSE(is_packed(loose.to_pack(), loose.archive()));
  loose.pack(1);
  const std::string one = test::read_text(loose.archive());
  loose.pack(3);
  CHECK(test::read_text(loose.archive()) == one);
  CHECK(is_packed(loose.to_pack(), loose.archive()));
  const fs::path mask = loose.folder.path() / "scan/Module0_VP3-1_Matrix_Mask.csv";
  fs::last_write_time(mask, fs::last_write_time(mask) - std::chrono::hours(1));
  CHECK_FALSE(is_packed(loose.to_pack(), loose.archive()));
}

TEST_CASE("an archive that is not finished leaves nothing, and the old one as it was") {
  const LooseFiles loose;
  const bool there = GENERATE(false, true);
  if (there) test::write_text(loose.archive(), "old");
  int left = 290;
  const auto stop = [&] {
    if (--left == 0) throw std::runtime_error("stopped");
  };
  CHECK_THROWS_WITH(write_packed_scan(loose.to_pack(), loose.archive(), 1, no_progress(), stop), "stopped");
  CHECK(loose.entries() == (there ? 2 : 1));
  if (there) CHECK(test::read_text(loose.archive()) == "old");
}

TEST_CASE("chips that share a folder get an archive each") {
  const LooseFiles loose;
  test::write_text(loose.folder.path() / "scan/Module0_VP3-2_ECS_data_ST_5s_THR_1500_0.csv", "0\n");
  CHECK(loose.archive() == loose.folder.path() / "scan_Module0_VP3-1.zip");
  CHECK(loose.to_pack().others.size() == 1);
  loose.pack();
  CHECK(contents_of(loose.archive()).size() == loose.files.size() + 1);
}

TEST_CASE("a name that SHA256SUMS cannot hold is refused") {
  const LooseFiles loose;
  test::write_text(loose.folder.path() / "scan/Module0_VP3-1_a\nb.csv", "x");
  CHECK_THROWS_WITH(loose.to_pack(), Contains("its name has a line break). Rename it"));
}

TEST_CASE("a member that is damaged is named") {
  const LooseFiles loose;
  loose.pack();
  const ZipIndex index = ZipIndex::of(loose.archive()).value();
  std::string bytes = test::read_text(loose.archive());
  const ZipMember& member = index.members().at(250);
  bytes[member.header + 30 + member.entry.size() + 9 + 2] ^= 1;
  test::write_text(loose.archive(), bytes);
  ZipReader reader(loose.archive());
  CHECK_NOTHROW(reader.contents(index.members().at(249), 1000));
  CHECK_THROWS_WITH(reader.contents(member, 1000), Contains(member.entry + " is damaged"));
  CHECK_THROWS_WITH(reader.contents(index.members().at(300), 10), Contains("is too large"));
  test::write_text(loose.archive(), bytes.substr(0, bytes.size() / 2));
  CHECK_THROWS_WITH(ZipIndex::of(loose.archive()), Contains("it was cut short"));
}

TEST_CASE("an archive of more files than 16 bits count has all of them") {
  const test::TemporaryFolder folder;
  const fs::path file = folder.path() / "many.zip";
  constexpr std::size_t count = 66000;
  std::string bytes;
  const ByteSink sink = [&](std::span<const std::byte> more) {
    bytes.append(reinterpret_cast<const char*>(more.data()), more.size());
  };
  ZipWriter zip(sink);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = fmt::format("{}", i);
    zip.add({.entry = name, .name = name, .packed = 1, .size = 1, .crc = crc32(std::string_view("7"))},
            std::string_view("7"));
  }
  zip.finish();
  test::write_text(file, bytes);
  const auto index = ZipIndex::of(file);
  REQUIRE(index);
  CHECK(index->members().size() == count);
  CHECK(ZipReader(file).contents(index->members().back(), 1).front() == '7');
  CHECK(contents_of(file).size() == count);
}
