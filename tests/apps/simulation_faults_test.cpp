// SPDX-License-Identifier: GPL-3.0-or-later
// A simulation makes thousands of files. What goes wrong around it leaves the scan and the truth of before, or is told.
#include <signal.h>

#include <catch2/catch.hpp>
#include <string>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "support/small_disk.hpp"

namespace fs = std::filesystem;

namespace velocal::test {

TEST_CASE("a simulation keeps the permissions of the files that it replaces") {
  const SmallScan scan;
  scan.make({"simulate"});
  fs::permissions(scan.acquisition(1520), fs::perms(0600));
  CHECK(scan.run("simulate", {"--force", "--seed", "2"}).status == 0);
  CHECK(fs::status(scan.acquisition(1520)).permissions() == fs::perms(0600));
}

TEST_CASE("a simulation that finds no room leaves the scan and the truth of before") {
  const SmallScan scan;
  const fs::path disk = scan.folder() / "data";
  const SmallDisk mounted(disk, 6 << 20);
  if (!mounted.is_there()) {
    WARN("SKIPPED: a small file system cannot be mounted here");
    return;
  }
  scan.make({"simulate"});
  const std::string before = scan.snapshot();
  const Outcome again = scan.run("simulate", {"--force", "--seed", "2"});
  CAPTURE(again.err);
  CHECK(again.status == 5);
  CHECK(contains(again.err, "No space left on device"));
  CHECK(scan.snapshot() == before);
}

TEST_CASE("a simulation that is stopped leaves the scan and the truth of before") {
  const SmallScan scan(few_masked);
  scan.edit_descriptor("acquisitions: 1", "acquisitions: 10");
  scan.make({"simulate"});
  const std::string before = scan.snapshot();
  RunningProgram program("velocal-simulate", {"small.yaml", "--force", "--seed", "2", "--verbose", "-j1"},
                         {.folder = scan.folder()});
  REQUIRE(program.says("310 acquisitions"));
  program.send(SIGTERM);
  CHECK(program.wait().status == 143);
  CHECK(scan.snapshot() == before);
  CHECK(scan.run("simulate").status == 0);  // up to date
}

TEST_CASE("a simulation that cannot put its files in place leaves the truth of before, too") {
  const SmallScan scan;
  scan.make({"simulate"});
  const std::string truth = read_text(scan.results() / "truth.h5");
  const fs::path counts = scan.acquisition(1520);
  fs::remove(counts);
  fs::create_symlink(counts, counts);  // to itself
  const Outcome again = scan.run("simulate", {"--force", "--seed", "2"});
  CAPTURE(again.err);
  CHECK(again.status == 5);
  CHECK(contains(again.err, "Too many levels of symbolic links"));
  CHECK(read_text(scan.results() / "truth.h5") == truth);
  CHECK(file_that_begins(".velocal-simulate-", counts.parent_path()).empty());
}

TEST_CASE("a simulation that was killed is seen by those who read the scan, and mended by --force") {
  const SmallScan scan;
  scan.make({"simulate"});
  fs::create_directory(scan.folder() / "data/scan/.velocal-simulate-abcdef");
  const Outcome flux = scan.run("flux");
  CHECK(flux.status == 4);
  CHECK(contains(flux.err,
                 "data/scan holds no whole scan (a simulation is at work there, or was stopped). Run "
                 "velocal-simulate with --force"));
  const Outcome again = scan.run("simulate");
  CHECK(again.status == 5);
  CHECK(contains(again.err, "belongs to a scan that is not whole"));
  write_text(scan.acquisition(1520), "of another seed");  // the files are in place in part
  CHECK(scan.run("simulate", {"--force"}).status == 0);
  CHECK(scan.run("flux").status == 0);
}

TEST_CASE("a folder for a scan that cannot be looked at is not said to hold one") {
  const SmallScan scan;
  const fs::path mask = scan.folder() / "data/scan/Module0_VP3-1_Matrix_Mask.csv";
  fs::create_directories(mask.parent_path());
  fs::create_symlink(mask.filename(), mask);
  for (const std::vector<std::string>& options : {std::vector<std::string>{}, {"--force"}}) {
    const Outcome outcome = scan.run("simulate", options);
    CHECK(outcome.status == 4);
    CHECK(contains(outcome.err,
                   "cannot read data/scan/Module0_VP3-1_Matrix_Mask.csv (Too many levels of symbolic links)"));
  }
}

TEST_CASE("a stopped simulation of another chip, or a folder that is called alike, gives no leave") {
  const SmallScan scan;
  scan.make({"simulate"});
  write_text(scan.acquisition(1520), "measured");
  for (const char* name : {".velocal-simulate-Module0_VP3-2-abcdef", ".velocal-simulate-notes of mine"}) {
    fs::create_directory(scan.folder() / "data/scan" / name);
  }
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run("simulate", {"--force", "--seed", "2"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(contains(outcome.err, "data/scan holds a scan that was not drawn here"));
  CHECK(scan.snapshot() == before);
  fs::remove_all(scan.folder() / "data/equalisation");
  for (const auto& entry : fs::directory_iterator(scan.folder() / "data/scan")) {
    if (entry.is_regular_file()) fs::remove(entry.path());
  }
  CHECK(scan.run("simulate", {"--force", "--seed", "2"}).status == 0);
  CHECK(fs::exists(scan.folder() / "data/scan/.velocal-simulate-notes of mine"));
  CHECK(fs::exists(scan.folder() / "data/scan/.velocal-simulate-Module0_VP3-2-abcdef"));
}

}  // namespace velocal::test
