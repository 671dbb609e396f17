// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/simulate_scan.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "support/files.hpp"
#include "support/simulated_dataset.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/scan/counts_parser.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/mask.hpp"
#include "velocal/scan/required_files.hpp"
#include "velocal/simulate/acquisition_drawer.hpp"
#include "velocal/simulate/draw_truth.hpp"

using namespace velocal;

namespace {

using FileTexts = std::map<std::filesystem::path, std::string>;  // by path below the data

FileTexts all_files(const Dataset& dataset) {
  FileTexts texts;
  if (!std::filesystem::exists(dataset.data_root)) return texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dataset.data_root)) {
    if (entry.is_regular_file()) {
      texts[entry.path().lexically_relative(dataset.data_root)] = test::read_text(entry.path());
    }
  }
  return texts;
}

FileTexts simulated_files(std::uint64_t seed, int threads) {
  const test::TemporaryFolder folder;
  const Dataset dataset = test::simulated_dataset(folder.path());
  simulate_scan(dataset, dataset.scans[0], draw_truth(dataset, dataset.scans[0], seed), threads);
  return all_files(dataset);
}

}  // namespace

TEST_CASE("files have the names and the form that the read-out gives them") {
  const auto files = simulated_files(1, 2);
  CHECK(files.size() == 6 * 2 + 3);
  for (const char* name :
       {"warm_scan/Module0_VP3-1_ECS_data_ST_32s760ms_THR_1500_0.csv",
        "warm_scan/Module0_VP3-1_ECS_data_ST_32s760ms_THR_1600_1.csv", "warm_scan/Module0_VP3-1_Matrix_Mask.csv",
        "warm_equalisation/Module0_VP3-1_TrimBest_Noise_Predict.csv",
        "warm_equalisation/Module0_VP3-1_Trim0_Noise_Width.csv"}) {
    CAPTURE(name);
    REQUIRE(files.contains(name));
    const std::string& text = files.at(name);
    CHECK(std::ranges::count(text, '\n') == 256);
    CHECK(std::ranges::count(text, ',') == 256 * 255);
    CHECK(text.find_first_not_of("0123456789.,\n") == std::string::npos);
    CHECK(text.find(",\n") == std::string::npos);
    CHECK(text.back() == '\n');
  }
}

TEST_CASE("the number of threads does not change a byte, the seed does") {
  const auto one = simulated_files(1, 1);
  CHECK(one == simulated_files(1, 3));
  for (const auto& [name, text] : simulated_files(2, 3)) {
    CAPTURE(name);
    CHECK(text != one.at(name));
  }
}

TEST_CASE("what is read back is what was drawn") {
  const test::TemporaryFolder folder;
  Dataset dataset = test::simulated_dataset(folder.path());
  auto& scan = dataset.scans[0];
  scan.acquisitions = {25, 2};
  const Truth truth = draw_truth(dataset, scan, 9);
  simulate_scan(dataset, scan, truth);

  const auto path = acquisition_path(dataset, scan, 1540, 26);
  PixelCounts counts;
  parse_counts(test::read_text(path), path, counts);
  CHECK(counts == AcquisitionDrawer(scan, truth).draw(2, 26));
  CHECK_FALSE(std::filesystem::exists(acquisition_path(dataset, scan, 1540, 0)));
  CHECK_FALSE(std::filesystem::exists(acquisition_path(dataset, scan, 1540, 27)));

  CHECK(read_mask(mask_path(dataset, scan)) == truth.mask);
  const NoiseBaseline baseline = read_noise_baseline(dataset.data_root / *scan.baseline_folder, dataset.asic);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    REQUIRE(std::abs(baseline.mean[pixel] - truth.baseline.mean[pixel]) < 0.51e-6);
    REQUIRE(std::abs(baseline.width[pixel] - truth.baseline.width[pixel]) < 0.51e-6);  // six decimals
  }
}

TEST_CASE("a scan without a baseline folder gets no baseline files") {
  const test::TemporaryFolder folder;
  Dataset dataset = test::simulated_dataset(folder.path());
  dataset.scans[0].baseline_folder.reset();
  simulate_scan(dataset, dataset.scans[0], draw_truth(dataset, dataset.scans[0], 1));
  CHECK(all_files(dataset).size() == 6 * 2 + 1);
}

TEST_CASE("any file of the scan counts as existing, and one of its baseline as baseline") {
  const test::TemporaryFolder folder;
  const Dataset dataset = test::simulated_dataset(folder.path());
  const auto& scan = dataset.scans[0];
  CHECK_FALSE(scan_exists(dataset, scan));
  test::write_text(dataset.data_root / scan.folder / "notes.txt", "not of the scan");
  CHECK_FALSE(scan_exists(dataset, scan));
  const std::array files{mask_path(dataset, scan), acquisition_path(dataset, scan, 1600, 1),
                         baseline_path(dataset.data_root / *scan.baseline_folder, dataset.asic)};
  const auto which = GENERATE(0u, 1u, 2u);
  test::write_text(files[which], "");
  CHECK(scan_exists(dataset, scan) == (which < 2));
  CHECK(baseline_exists(dataset, scan) == (which == 2));  // its folder may be another scan's
}

TEST_CASE("when a file cannot be written, the error names it and nothing of the scan remains") {
  const test::TemporaryFolder folder;
  const Dataset dataset = test::simulated_dataset(folder.path());
  const auto& scan = dataset.scans[0];
  const Truth truth = draw_truth(dataset, scan, 1);
  const auto obstacle = GENERATE(true, false) ? acquisition_path(dataset, scan, 1560, 0) : mask_path(dataset, scan);
  std::filesystem::create_directories(obstacle);
  const int threads = GENERATE(1, 3);
  CHECK_THROWS_AS(simulate_scan(dataset, scan, truth, threads), OutputError);
  CHECK_THROWS_WITH(simulate_scan(dataset, scan, truth, threads),
                    "cannot write " + obstacle.string() + " (Is a directory)");
  CHECK(all_files(dataset).empty());
}

TEST_CASE("a folder that cannot be made is an error of the output") {
  const test::TemporaryFolder folder;
  const Dataset dataset = test::simulated_dataset(folder.path());
  test::write_text(dataset.data_root, "a file where the data's folder should be");
  const Truth truth = draw_truth(dataset, dataset.scans[0], 1);
  CHECK_THROWS_AS(simulate_scan(dataset, dataset.scans[0], truth), OutputError);
  CHECK_THROWS_WITH(simulate_scan(dataset, dataset.scans[0], truth), Catch::Contains("cannot create the folder"));
}

namespace {

class InterruptedAfterThree final : public Progress {
 public:
  void start(std::string_view, std::size_t total, std::string_view) override { CHECK(total == 12); }
  void advance(std::size_t units) override {
    files_ += units;
    if (files_ == 3) throw std::runtime_error("interrupted");
  }
  void finish() override { FAIL("the work did not end"); }

 private:
  std::size_t files_ = 0;
};

}  // namespace

TEST_CASE("an interrupted simulation leaves nothing behind") {
  const test::TemporaryFolder folder;
  const Dataset dataset = test::simulated_dataset(folder.path());
  InterruptedAfterThree progress;
  CHECK_THROWS_WITH(simulate_scan(dataset, dataset.scans[0], draw_truth(dataset, dataset.scans[0], 1), 1, progress),
                    "interrupted");
  CHECK(all_files(dataset).empty());
}

TEST_CASE("what was drawn is known by its list, and of an older truth by mask and baseline") {
  const test::TemporaryFolder folder;
  const Dataset dataset = test::simulated_dataset(folder.path());
  const ScanSettings& scan = dataset.scans[0];
  const Truth older = draw_truth(dataset, scan, 1);
  Truth truth = older;
  {
    DrawnScan drawn(dataset, scan, older);
    truth.files = drawn.files();
    drawn.place([] {});
  }
  CHECK(change_since_drawn(dataset, scan, truth).empty());
  CHECK(change_since_drawn(dataset, scan, older).empty());

  const auto counts = acquisition_path(dataset, scan, 1500, 0);
  const std::string drawn_counts = test::read_text(counts);
  test::write_text(counts, "measured");
  const std::string name = counts.filename().string();
  CHECK(change_since_drawn(dataset, scan, truth).starts_with(name));
  CHECK(change_since_drawn(dataset, scan, older).empty());
  test::write_text(counts, drawn_counts);

  const auto further = acquisition_path(dataset, scan, 999, 0);
  test::write_text(further, drawn_counts);
  CHECK(change_since_drawn(dataset, scan, truth) == further.filename().string() + ": missing then, there now");
  std::filesystem::remove(further);

  std::filesystem::remove(mask_path(dataset, scan));
  CHECK(change_since_drawn(dataset, scan, truth).empty());  // nothing is overwritten there
  CHECK(change_since_drawn(dataset, scan, older).ends_with("Mask.csv: there then, missing now"));
}

TEST_CASE("a scan whose mark of an unfinished one cannot be removed is no success: nobody would read it") {
  const test::TemporaryFolder folder;
  const Dataset dataset = test::simulated_dataset(folder.path());
  const ScanSettings& scan = dataset.scans[0];
  DrawnScan drawn(dataset, scan, draw_truth(dataset, scan, 1));
  const auto marks = unfinished_simulations(scan_folder(dataset, scan), dataset.asic);
  REQUIRE(marks.size() == 1);
  const auto put_in_place = [&] { drawn.place([&] { test::write_text(marks[0] / "of somebody else", ""); }); };
  const auto names_mark = [&](const OutputError& error) {
    return std::string(error.what()).starts_with("cannot remove " + marks[0].string() + " (");
  };
  CHECK_THROWS_MATCHES(put_in_place(), OutputError, Catch::Predicate<OutputError>(names_mark));
  CHECK(std::filesystem::exists(acquisition_path(dataset, scan, 1500, 0)));
  CHECK(unfinished_simulations(scan_folder(dataset, scan), dataset.asic) == marks);
  CHECK(unfinished_simulations(dataset.data_root / *scan.baseline_folder, dataset.asic).empty());

  simulate_scan(dataset, scan, draw_truth(dataset, scan, 1));
  CHECK(unfinished_simulations(scan_folder(dataset, scan), dataset.asic).empty());
}
