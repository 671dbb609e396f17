// SPDX-License-Identifier: GPL-3.0-or-later
// More lost than allowed ends with 6 and a sentence; the results are there all the same.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "two_scans.hpp"

namespace velocal::test {
namespace {

using Catch::Matchers::Contains;

}  // namespace

TEST_CASE("a scan without a gain: status 6, and no row in the collection") {
  const SmallScan scan(65000);
  scan.make({"simulate", "flux", "fit", "matrices"});
  const auto collection = scan.folder() / "results/results_collection.csv";
  CHECK_THAT(read_text(collection), Contains("\nsmall,warm,"));
  scan.edit_descriptor("start: descriptor", "start: descriptor, significance: 0.9999999");  // none is good enough
  const Outcome fit = scan.run("fit", {"--force"});
  CAPTURE(fit.err, fit.out);
  CHECK(fit.status == 6);
  CHECK_THAT(fit.err, Contains("velocal-fit: error: small/warm: no pixel has a good fit, and "
                               "allow.uncalibrated_pixels is 50 %. The results are written all the same"));
  CHECK_THAT(fit.out, Contains("pixels do not follow the model: velocal-plot residuals shows where"));
  const Outcome matrices = scan.run("matrices", {"--force"});
  CAPTURE(matrices.err, matrices.out);
  CHECK(matrices.status == 6);
  CHECK_THAT(matrices.err, Contains("small/warm: no pixel has a gain"));
  CHECK_THAT(matrices.out,
             Contains("no pixel has one: the scan has no row in the results collection") && !Contains("undefined"));
  CHECK_THAT(read_text(collection), !Contains("small,warm"));
  CHECK(std::filesystem::exists(scan.results() / "matrices.h5"));
  std::filesystem::remove(collection);
  CHECK(scan.run("matrices").status == 0);  // there is nothing to do, and no row to miss

  scan.edit_descriptor("results: results", "results: results\nallow: {uncalibrated_pixels: 1}");
  CHECK(scan.run("matrices", {"--force"}).status == 0);
}

TEST_CASE("acquisitions that are missing: status 4, with --keep-going 6 when there are more than allowed") {
  const SmallScan scan(65000);
  scan.make({"simulate"});
  for (const int threshold : {1522, 1576}) std::filesystem::remove(scan.acquisition(threshold));
  CHECK(scan.run("flux").status == 4);
  const Outcome outcome = scan.run("flux", {"--keep-going", "--json"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 6);
  CHECK_THAT(outcome.err, Contains("small/warm: 2 of 31 acquisitions are missing, and allow.missing_acquisitions is 0 "
                                   "%. The results are written all the same"));
  const auto flux = nlohmann::json::parse(outcome.out).at("scans").at(0);
  CHECK(flux.at("missing_acquisitions") == 2);
  CHECK(flux.at("acquisitions").at("good") == 29);
  CHECK_THAT(flux.at("loss").get<std::string>(), Contains("2 of 31"));
  CHECK_THAT(outcome.err, Contains("2 of 31 acquisitions are missing, and count as rejected:\n"
                                   "  Module0_VP3-1_ECS_data_ST_260s0ms_THR_1522_0.csv\n"
                                   "  Module0_VP3-1_ECS_data_ST_260s0ms_THR_1576_0.csv\n"));
  CHECK(scan.run("flux").status == 0);  // up to date: nothing came since
  scan.edit_descriptor("results: results", "results: results\nallow: {missing_acquisitions: 0.1}");
  CHECK(scan.run("flux", {"--keep-going", "--force"}).status == 0);
  CHECK(scan.run("fit").status == 0);
}

TEST_CASE("what one scan lost is told also when the next one fails") {
  const TwoScans two({"simulate"});
  const auto acquisition = [&](const char* label, int threshold) {
    return two.folder() / fmt::format("data/{}/Module0_VP3-1_ECS_data_ST_260s0ms_THR_{}_0.csv", label, threshold);
  };
  std::filesystem::remove(acquisition("warm", 1522));
  write_text(acquisition("cold", 1522), "damaged");
  const Outcome outcome = run("velocal-flux", {"two.yaml", "--keep-going"}, {.folder = two.folder()});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 4);
  CHECK_THAT(outcome.err, Contains("two/warm: 1 of 31 acquisitions are missing, and allow.missing_acquisitions is"));
  CHECK(std::filesystem::exists(two.results() / "two/warm/flux.h5"));
}

}  // namespace velocal::test
