// SPDX-License-Identifier: GPL-3.0-or-later
// --group: each group's results stand by themselves, and are those of the same pixels in the whole.
#include <catch2/catch.hpp>
#include <cmath>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "velocal/store/fit_file.hpp"

namespace velocal::test {
namespace {

ScanFit stored_fit(const SmallScan& scan, PixelGroup group) {
  const auto folder = group == PixelGroup::all ? scan.results() : scan.results() / group_name(group);
  Provenance expected;
  expected.dataset = "small";
  expected.scan = "warm";
  expected.group = group_name(group);
  return read_fit(folder / "fit.h5", expected).value;
}

/// Runs fit and matrices of the group.
void calibrate_group(const SmallScan& scan, PixelGroup group) {
  const std::string name(group_name(group));
  for (const std::string stage : {"fit", "matrices"}) {
    std::vector<std::string> arguments;
    if (group != PixelGroup::all) arguments = {"--group", name};
    if (stage == "fit") arguments.insert(arguments.end(), {"--statistic", "poisson", "--start", "auto"});
    const Outcome outcome = scan.run(stage, arguments);
    CAPTURE(stage, name, outcome.err);
    REQUIRE(outcome.status == 0);
    CHECK(outcome.out.starts_with(group == PixelGroup::all ? "small/warm: " : "small/warm/" + name + ": "));
  }
}

/// A pixel has one fit, whatever group it is asked for in; returns how many of the group's pixels are good.
std::size_t check_same_of_group(const ScanFit& part, const ScanFit& whole) {
  std::size_t different = 0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const bool inside = in_group(part.group, Pixel::at(pixel), whole.settings.separation);
    const auto& fits = part.pixels;
    if (!inside) {
      different += fits.status_of(pixel) != PixelStatus::cut;
      continue;
    }
    different += fits.status[pixel] != whole.pixels.status[pixel] || fits.reason[pixel] != whole.pixels.reason[pixel];
    if (!whole.pixels.good(pixel)) continue;
    different += fits.find("E0")->value[pixel] != whole.pixels.find("E0")->value[pixel];
    different += fits.find("E0")->error[pixel] != whole.pixels.find("E0")->error[pixel];
  }
  CHECK(different == 0);
  return count_statuses(part.pixels).good;
}

}  // namespace

// The fit of a pixel sees its own counts, start values from these, and a background estimated from all pixels of the
// scan: nothing of its group. So the sum is exact. What does depend on the group is the ASIC's curve.
TEST_CASE("even and odd good pixels together are all good pixels", "[thorough]") {
  const SmallScan scan;
  const std::string pattern = GENERATE("columns", "column-pairs");
  scan.edit_descriptor("covariance: absolute", "covariance: absolute, separation: " + pattern);
  scan.make({"simulate", "flux"});
  for (const PixelGroup group : pixel_groups) calibrate_group(scan, group);

  const ScanFit whole = stored_fit(scan, PixelGroup::all);
  const ScanFit even = stored_fit(scan, PixelGroup::even);
  const ScanFit odd = stored_fit(scan, PixelGroup::odd);
  const std::size_t good = count_statuses(whole.pixels).good;
  CHECK(good > 1300);  // of 1536 live ones: something to divide
  CHECK(check_same_of_group(even, whole) + check_same_of_group(odd, whole) == good);
  CHECK(count_statuses(even.pixels).good > good / 3);
  CHECK(count_statuses(odd.pixels).good > good / 3);
  const std::size_t in_rows = check_same_of_group(stored_fit(scan, PixelGroup::rows), whole);
  CHECK(in_rows > 0);
  CHECK(in_rows < good / 8);
  CHECK(even.asic.curve.flux != odd.asic.curve.flux);
  CHECK(even.asic_good.curve.flux != whole.asic_good.curve.flux);
}

TEST_CASE("a group has its own folder and row") {
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit", "matrices"});
  const std::string whole = read_text(scan.results() / "matrices.h5");
  for (const PixelGroup group : {PixelGroup::even, PixelGroup::rows}) calibrate_group(scan, group);
  CHECK(read_text(scan.results() / "matrices.h5") == whole);
  for (const char* file : {"fit.h5", "matrices.h5", "summary.csv"}) {
    CHECK(std::filesystem::exists(scan.results() / "even" / file));
    CHECK(std::filesystem::exists(scan.results() / "rows" / file));
  }
  const std::string collection = read_text(scan.folder() / "results/results_collection.csv");
  CHECK(std::count(collection.begin(), collection.end(), '\n') == 4);
  CHECK(contains(collection, "\nsmall,warm,"));
  CHECK(contains(collection, "\nsmall/even,warm,"));
  CHECK(contains(collection, "\nsmall/rows,warm,"));

  const Outcome missing = scan.run("matrices", {"--group", "odd"});
  CHECK(missing.status == 4);
  CHECK(contains(missing.err, "Run velocal-fit small.yaml --group odd first"));
}

TEST_CASE("the old name --separation does what --group does") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  REQUIRE(scan.run("fit", {"--group", "odd"}).status == 0);
  const std::string fit = read_text(scan.results() / "odd" / "fit.h5");
  REQUIRE(scan.run("fit", {"--separation", "odd", "--group", "odd", "--force"}).status == 0);
  CHECK(read_text(scan.results() / "odd" / "fit.h5") == fit);
  REQUIRE(scan.run("fit", {"--separation", "odd", "--force"}).status == 0);
  CHECK(read_text(scan.results() / "odd" / "fit.h5") == fit);
  REQUIRE(scan.run("matrices", {"--separation", "odd"}).status == 0);
  CHECK(std::filesystem::exists(scan.results() / "odd" / "matrices.h5"));
}

TEST_CASE("the group of all pixels is that of no option") {
  const SmallScan scan;
  scan.make({"simulate", "flux", "fit"});
  const std::string fit = read_text(scan.results() / "fit.h5");
  REQUIRE(scan.run("fit", {"--group", "all", "--force"}).status == 0);
  CHECK(read_text(scan.results() / "fit.h5") == fit);
}

TEST_CASE("velocal-flux takes a group and says that it changes nothing") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  const std::string flux = read_text(scan.results() / "flux.h5");
  const std::string note = "flux.h5 holds all groups of pixels: --group changes nothing here";
  for (const std::string option : {"--group", "--separation"}) {
    const Outcome outcome = scan.run("flux", {option, "even", "--force"});
    CAPTURE(option, outcome.err);
    CHECK(outcome.status == 0);
    CHECK(outcome.out.starts_with("small/warm: "));
    CHECK(contains(outcome.err, note));
    CHECK(read_text(scan.results() / "flux.h5") == flux);
  }
  CHECK_FALSE(contains(scan.run("flux", {"--group", "even", "--force", "--quiet"}).err, note));
  CHECK_FALSE(contains(scan.run("flux", {"--force"}).err, note));
}

}  // namespace velocal::test
