// SPDX-License-Identifier: GPL-3.0-or-later
// The detector's table on disk, and the rows that are gathered with it.
#include "velocal/store/detector_file.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/results_collection.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

Detector some_detector() {
  Detector detector{{{"warm", "cold"}, {}}, {}};
  double gain = 13.0;
  for (const char* asic :
       {"Module0_VP0-0", "Module0_VP0-1", "Module0_VP0-2", "Module1_VP0-0", "Module1_VP0-1", "Module1_VP0-2"}) {
    for (const char* label : {"warm", "cold"}) {
      ChipRow row{.asic = asic, .label = label, .state = ChipState::done, .sha256 = std::string(64, 'a')};
      row.values[gain_mean_quantity] = {gain += 0.001, 0.0005};
      detector.table.rows.push_back(row);
    }
  }
  detector.table.rows[4].values[gain_mean_quantity].value = 9.0;
  detector.table.rows[3] = {"Module0_VP0-1", "cold", ChipState::missing, "no flux, nothing", {}, ""};
  detector.outliers = find_outliers(detector.table);
  return detector;
}

Provenance provenance() {
  return {.dataset = "velo", .scan = "detector", .descriptor = "text", .options = {}, .inputs_sha256 = "abc"};
}

}  // namespace

TEST_CASE("a detector's table reads back as it was written") {
  const test::TemporaryFolder folder;
  const Detector written = some_detector();
  REQUIRE(written.outliers.size() == 1);
  write_detector(folder.path() / "detector.h5", written, provenance());
  const Stored<Detector> stored = read_detector(folder.path() / "detector.h5", provenance());
  const DetectorTable& read = stored.value.table;
  CHECK(stored.provenance.inputs_sha256 == "abc");
  CHECK(read.labels == written.table.labels);
  REQUIRE(read.rows.size() == 12);
  for (std::size_t i = 0; i < 12; ++i) {
    const ChipRow &a = read.rows[i], &b = written.table.rows[i];
    CHECK(
        (a.asic == b.asic && a.label == b.label && a.state == b.state && a.reason == b.reason && a.sha256 == b.sha256));
    const double value = a.values[gain_mean_quantity].value, expected = b.values[gain_mean_quantity].value;
    CHECK((value == expected || (std::isnan(value) && std::isnan(expected))));
  }
  REQUIRE(stored.value.outliers.size() == 1);
  CHECK(stored.value.outliers.front().row == 4);
  Provenance other = provenance();
  other.dataset = "another";
  CHECK_THROWS_AS(read_detector(folder.path() / "detector.h5", other), InputError);
}

TEST_CASE("detector.csv has a row for each chip and scan, and names the outliers") {
  const test::TemporaryFolder folder;
  write_detector_csv(folder.path() / "detector.csv", some_detector());
  const std::string text = test::read_text(folder.path() / "detector.csv");
  CHECK(std::ranges::count(text, '\n') == 13);
  CHECK_THAT(text, Contains("asic,label,status,K_mean,uK_mean,") && Contains(",K_mean,\n") &&
                       Contains("Module0_VP0-1,cold,missing,nan,nan,") && Contains(",no flux  nothing\n"));
}

TEST_CASE("rows are gathered in order, and other rows stay where they are") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "collection.csv";
  const auto row = [](const std::string& results) {
    CollectionRow made;
    made.results = results;
    made.label = "warm";
    return made;
  };
  for (const char* name : {"first", "velo/b", "second", "velo/a", "velo/gone"}) {
    update_results_collection(file, row(name));
  }
  const std::vector<CollectionRow> rows{row("velo/a"), row("velo/b"), row("velo/c")};
  FileTransaction files;
  gather_collection(file, rows, {"velo/a,warm,", "velo/b,warm,", "velo/c,warm,", "velo/gone,warm,"}, files);
  files.commit();
  std::string names;
  std::string text = test::read_text(file);
  for (std::size_t at = text.find('\n'); at + 1 < text.size(); at = text.find('\n', at + 1)) {
    names += text.substr(at + 1, text.find(',', at) - at - 1) + " ";
  }
  CHECK(names == "first velo/a velo/b velo/c second ");
}
