// SPDX-License-Identifier: GPL-3.0-or-later
// velocal-pack, and velocal-flux of what it makes.
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"

namespace velocal::test {
namespace {

using Catch::Contains;

std::filesystem::path archive_of(const SmallScan& scan) {
  return scan.folder() / "data/scan.zip";
}

}  // namespace

TEST_CASE("a packed scan gives the flux of its files, which stay where they are") {
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit"});
  const std::string fit = read_text(scan.results() / "fit.h5");
  const std::string files = scan.snapshot();
  const Outcome packed = scan.run("pack");
  CAPTURE(packed.err);
  CHECK(packed.status == 0);
  CHECK_THAT(packed.out, Contains("folder: scan.zip in the descriptor"));
  std::filesystem::rename(archive_of(scan), scan.folder() / "scan.zip");
  CHECK(scan.snapshot().find(files.substr(0, files.find("results"))) != std::string::npos);
  std::filesystem::remove_all(scan.folder() / "data/scan");
  std::filesystem::rename(scan.folder() / "scan.zip", archive_of(scan));
  scan.edit_descriptor("folder: scan\n", "folder: scan.zip\n");
  CHECK_THAT(scan.run("pack").out, Contains("up to date"));
  CHECK(scan.run("flux", {"--force"}).status == 0);
  CHECK(scan.run("flux", {"--verify"}).status == 0);
  CHECK(scan.run("fit", {"--force"}).status == 0);
  // Only the digest of what was read differs.
  CHECK(read_text(scan.results() / "fit.h5").size() == fit.size());
}

TEST_CASE("an archive is not replaced unasked, and not made twice") {
  const SmallScan scan;
  scan.make({"simulate", "pack"});
  const std::string first = read_text(archive_of(scan));
  CHECK_THAT(scan.run("pack").out, Contains("up to date"));
  write_text(scan.acquisition(1530), read_text(scan.acquisition(1532)) + "\n");
  const Outcome refused = scan.run("pack");
  CHECK(refused.status == 5);
  CHECK_THAT(refused.err, Contains("data/scan.zip is of other files than lie in data/scan. Use --force to overwrite"));
  CHECK(read_text(archive_of(scan)) == first);
  CHECK(scan.run("pack", {"--force"}).status == 0);
  CHECK(read_text(archive_of(scan)) != first);
}

TEST_CASE("an archive that holds more than the folder is not replaced, whatever is forced") {
  const SmallScan scan;
  scan.make({"simulate", "pack"});
  const std::string archive = read_text(archive_of(scan));
  for (const int threshold : {1530, 1532}) std::filesystem::remove(scan.acquisition(threshold));
  const Outcome outcome = scan.run("pack", {"--force"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 4);
  CHECK_THAT(outcome.err, Contains("data/scan.zip holds 2 files (such as "
                                   "Module0_VP3-1_ECS_data_ST_260s0ms_THR_1530_0.csv) that are not in data/scan. Move "
                                   "the archive away, or unpack what is missing there"));
  CHECK(read_text(archive_of(scan)) == archive);
  write_text(archive_of(scan), "somebody's file");
  const Outcome foreign = scan.run("pack", {"--force"});
  CHECK(foreign.status == 4);
  CHECK_THAT(foreign.err, Contains("data/scan.zip is no archive of velocal-pack. Move it away"));
  CHECK(read_text(archive_of(scan)) == "somebody's file");
}

TEST_CASE("a folder without an acquisition of the scan is not packed") {
  const SmallScan scan;
  std::filesystem::create_directories(scan.folder() / "data/scan");
  const Outcome outcome = scan.run("pack");
  CHECK(outcome.status == 4);
  CHECK_THAT(outcome.err, Contains("no acquisition of small/warm is in data/scan. Check asic"));
  CHECK_FALSE(std::filesystem::exists(archive_of(scan)));
}

TEST_CASE("files that stay out of the archive, and acquisitions that are missing, are told") {
  const SmallScan scan;
  CHECK(scan.run("pack").status == 4);
  scan.make({"simulate"});
  write_text(scan.folder() / "data/scan/notes.txt", "hello");
  std::filesystem::remove(scan.acquisition(1530));
  const Outcome outcome = scan.run("pack");
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, Contains("1 of 31 acquisitions are missing, and so they are in the archive:\n"
                                   "  Module0_VP3-1_ECS_data_ST_260s0ms_THR_1530_0.csv\n"));
  CHECK_THAT(outcome.err, Contains("files that are not of Module0_VP3-1 are left out of data/scan.zip: notes.txt\n"));
}

TEST_CASE("a scan whose mask is a pipe is not packed without it") {
  const SmallScan scan;
  scan.make({"simulate"});
  const auto mask = scan.folder() / "data/scan/Module0_VP3-1_Matrix_Mask.csv";
  std::filesystem::remove(mask);
  REQUIRE(mkfifo(mask.c_str(), 0600) == 0);
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run("pack");
  CHECK(outcome.status == 4);
  CHECK_THAT(outcome.err, Contains("cannot read data/scan/Module0_VP3-1_Matrix_Mask.csv (it is no regular file)"));
  CHECK(scan.snapshot() == before);
}

TEST_CASE("a damaged archive is an error of the data that names its member") {
  const SmallScan scan;
  scan.make({"simulate", "pack"});
  scan.edit_descriptor("folder: scan\n", "folder: scan.zip\n");
  std::string bytes = read_text(archive_of(scan));
  bytes[bytes.size() / 2] ^= 1;
  write_text(archive_of(scan), bytes);
  const Outcome outcome = scan.run("flux");
  CHECK(outcome.status == 4);
  CHECK_THAT(outcome.err, Contains("data/scan.zip:Module0_VP3-1_ECS_data_ST_260s0ms_THR_") && Contains("is damaged"));
}

}  // namespace velocal::test
