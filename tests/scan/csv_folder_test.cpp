// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/csv_folder.hpp"

#include <catch2/catch.hpp>

#include "support/files.hpp"
#include "support/simulated_dataset.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/scan/file_naming.hpp"

using namespace velocal;

TEST_CASE("a folder of CSV files gives the text of each acquisition, with its name and place") {
  const test::TemporaryFolder folder;
  const Dataset dataset = test::simulated_dataset(folder.path());
  const ScanSettings& scan = dataset.scans[0];
  const CsvFolder source(dataset, scan);
  CHECK_THROWS_AS(source.require_complete(), InputError);
  const auto path = [&](int threshold, int acquisition) {
    return acquisition_path(dataset, scan, threshold, acquisition);
  };
  for (const int threshold : scan.thresholds.values()) {
    for (int a = 0; a < 2; ++a) test::write_text(path(threshold, a), path(threshold, a).filename().string() + " text");
  }
  CHECK_NOTHROW(source.require_complete());
  CHECK(source.acquisitions() == AcquisitionRange{0, 2});
  const auto reader = source.reader();
  for (const auto& [threshold, acquisition] : {std::pair{1600, 1}, {1500, 0}}) {
    const Acquisition read = reader->read(threshold, acquisition);
    const std::string name = path(threshold, acquisition).filename().string();
    CHECK(read.name == name);
    CHECK(read.origin == path(threshold, acquisition).string());
    const auto text = std::get<std::span<const char>>(read.counts);
    CHECK(std::string(text.begin(), text.end()) == name + " text");
  }
  std::filesystem::remove(path(1540, 1));
  CHECK_THROWS_WITH(reader->read(1540, 1), "cannot read " + path(1540, 1).string() + " (No such file or directory)");
}
