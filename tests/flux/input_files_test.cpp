// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/input_files.hpp"

#include <catch2/catch.hpp>

#include "support/files.hpp"
#include "support/simulated_dataset.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/input_line.hpp"

using namespace velocal;

namespace {

/// Writes the file, and adds its line to the list.
void add_file(std::string& list, const std::filesystem::path& file, const std::string& contents) {
  test::write_text(file, contents);
  list += input_line(file.filename().string(), std::as_bytes(std::span(contents)));
}

}  // namespace

TEST_CASE("files are compared with the list of those that a flux was made of") {
  const test::TemporaryFolder folder;
  Dataset dataset = test::simulated_dataset(folder.path());
  ScanSettings& scan = dataset.scans[0];
  scan.acquisitions = {0, 2};
  scan.thresholds = {1500, 1501, 1};
  const auto counts = [&](int threshold, int number) { return acquisition_path(dataset, scan, threshold, number); };
  const auto baseline = dataset.data_root / *scan.baseline_folder;
  std::string list;
  CHECK(changed_inputs(dataset, scan, "a 1 0\n").empty());  // there are no folders to look into
  add_file(list, baseline_path(baseline, dataset.asic), "1425");
  add_file(list, baseline_width_path(baseline, dataset.asic), "5");
  for (const int threshold : {1500, 1501}) add_file(list, counts(threshold, 0), "12");
  CHECK(changed_inputs(dataset, scan, list).empty());  // without a mask, then and now, and the same acquisitions

  test::write_text(counts(1500, 0), "21");
  CHECK(changed_inputs(dataset, scan, list).empty());
  const std::string name = counts(1500, 0).filename().string();
  CHECK(changed_inputs(dataset, scan, list, {.contents = true}) == name + ": other contents than then");
  test::write_text(counts(1500, 0), "123");
  CHECK(changed_inputs(dataset, scan, list) == name + ": 2 bytes then, 3 now");
  std::filesystem::remove(counts(1500, 0));
  CHECK(changed_inputs(dataset, scan, list) == name + ": there then, missing now");
  std::filesystem::create_symlink(name, counts(1500, 0));  // to itself
  CHECK_THROWS_WITH(changed_inputs(dataset, scan, list),
                    "cannot read " + counts(1500, 0).string() + " (Too many levels of symbolic links)");
  std::filesystem::remove(counts(1500, 0));
  test::write_text(counts(1500, 1), "1");
  CHECK(changed_inputs(dataset, scan, list) == "2 files, the first being " + name + ": there then, missing now");
  scan.reject.acquisitions = {{{1500, 1500}, {0, 1}}};
  CHECK(changed_inputs(dataset, scan, list).empty());
  test::write_text(baseline_width_path(baseline, dataset.asic), "6");
  CHECK(changed_inputs(dataset, scan, list).ends_with("_Trim0_Noise_Width.csv: other contents than then"));
}
