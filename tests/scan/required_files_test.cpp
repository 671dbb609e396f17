// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/required_files.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "support/files.hpp"
#include "support/simulated_dataset.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/scan/file_naming.hpp"

using namespace velocal;

namespace {

/// Thresholds 1500, 1520, ..., 1600 with acquisitions 0 and 1: twelve files, all there.
struct CompleteScan {
  CompleteScan() : dataset(test::simulated_dataset(folder.path())), scan(dataset.scans[0]) {
    for (const int threshold : scan.thresholds.values()) {
      for (int a = 0; a < 2; ++a) test::write_text(acquisition_path(dataset, scan, threshold, a), "");
    }
  }
  void remove(int threshold, int acquisition) const {
    std::filesystem::remove(acquisition_path(dataset, scan, threshold, acquisition));
  }

  test::TemporaryFolder folder;
  Dataset dataset;
  ScanSettings& scan;
};

}  // namespace

TEST_CASE("a complete scan lacks nothing - other files do no harm") {
  const CompleteScan complete;
  test::write_text(scan_folder(complete.dataset, complete.scan) / "notes.txt", "");
  CHECK_NOTHROW(require_acquisitions(complete.dataset, complete.scan));
}

TEST_CASE(
    "a folder that cannot be listed may have an unfinished simulation, and is an error - one that is missing has "
    "none") {
  const CompleteScan complete;
  const std::filesystem::path loop = complete.folder.path() / "loop";
  std::filesystem::create_symlink(loop, loop);
  CHECK_THROWS_WITH(unfinished_simulations(loop, "Module0_VP3-1"),
                    "cannot read " + loop.string() + " (Too many levels of symbolic links)");
  CHECK(unfinished_simulations(complete.folder.path() / "nowhere", "Module0_VP3-1").empty());
}

TEST_CASE("all missing acquisitions are counted and the first five named") {
  const CompleteScan complete;
  for (const int threshold : {1600, 1500, 1520, 1540}) {
    complete.remove(threshold, 0);
    complete.remove(threshold, 1);
  }
  const std::string name = "Module0_VP3-1_ECS_data_ST_32s760ms_THR_";
  CHECK_THROWS_AS(require_acquisitions(complete.dataset, complete.scan), InputError);
  CHECK_THROWS_WITH(require_acquisitions(complete.dataset, complete.scan),
                    "8 of 12 acquisitions are missing in " + scan_folder(complete.dataset, complete.scan).string() +
                        ":\n  " + name + "1500_0.csv\n  " + name + "1500_1.csv\n  " + name + "1520_0.csv\n  " + name +
                        "1520_1.csv\n  " + name +
                        "1540_0.csv\n  and 3 more\nCheck asic, shutter, thresholds and acquisitions in the descriptor, "
                        "or reject what was never taken (reject.acquisitions)");
}

TEST_CASE("an interruption ends the search for acquisitions, of which there may be a hundred million") {
  const CompleteScan complete;
  set_waiting_hook([] { throw std::runtime_error("interrupted"); });
  const AcquisitionNames none(complete.dataset.asic, complete.scan.shutter.text);
  CHECK_THROWS_WITH(missing_acquisitions(complete.scan, none), "interrupted");
  set_waiting_hook(nullptr);
}

TEST_CASE("one missing acquisition is named alone") {
  const CompleteScan complete;
  complete.remove(1560, 1);
  CHECK_THROWS_WITH(require_acquisitions(complete.dataset, complete.scan),
                    Catch::Contains("1 of 12 acquisitions are missing") && Catch::Contains("THR_1560_1.csv") &&
                        !Catch::Contains("more"));
}

TEST_CASE("what the descriptor rejects need not be there") {
  const CompleteScan complete;
  complete.remove(1560, 1);
  complete.scan.reject.acquisitions = {{{1560, 1560}, {1, 1}}};
  CHECK_NOTHROW(require_acquisitions(complete.dataset, complete.scan));
}

TEST_CASE("acquisitions count from the first that the descriptor names") {
  const CompleteScan complete;
  for (const int threshold : complete.scan.thresholds.values()) complete.remove(threshold, 0);
  complete.scan.acquisitions = {1, 1};
  CHECK_NOTHROW(require_acquisitions(complete.dataset, complete.scan));
  complete.scan.acquisitions = {1, 2};
  CHECK_THROWS_WITH(require_acquisitions(complete.dataset, complete.scan), Catch::StartsWith("6 of 12"));
}

TEST_CASE("another shutter time is another scan") {
  const CompleteScan complete;
  complete.scan.shutter = {"2s621ms", 2.621};
  CHECK_THROWS_WITH(require_acquisitions(complete.dataset, complete.scan), Catch::StartsWith("12 of 12"));
}

TEST_CASE("a missing data folder is an error of the input with the system's reason") {
  const test::TemporaryFolder folder;
  const Dataset dataset = test::simulated_dataset(folder.path());
  CHECK_THROWS_AS(require_acquisitions(dataset, dataset.scans[0]), InputError);
  CHECK_THROWS_WITH(require_acquisitions(dataset, dataset.scans[0]),
                    Catch::StartsWith("cannot read the data folder " + scan_folder(dataset, dataset.scans[0]).string() +
                                      " (No such file or directory)"));
}

TEST_CASE("what lies in the folder instead is said") {
  CompleteScan complete;
  complete.scan.shutter = {"2s600ms", 2.6};
  CHECK_THROWS_WITH(require_acquisitions(complete.dataset, complete.scan),
                    Catch::Contains("12 of 12 acquisitions are missing") &&
                        Catch::Contains("Found instead: 12 files with Module0_VP3-1 and ST_32s760ms\nCheck asic"));
}
