// SPDX-License-Identifier: GPL-3.0-or-later
// Old and new rows of a results collection in one summary, old names, and a discrepancy against a number.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

namespace {

using Catch::Matchers::Contains;

// As the replaced analysis wrote it; the third row lacks its numbers, as a spreadsheet may leave it.
constexpr auto old_table =
    "Results,label,ST,baseline,targetmean,utargetmean,targetASIC,utargetASIC,targetASICgood,utargetASICgood,"
    "Kmean,Kstd,uKmean,KASIC,uKASIC,KASICgood,uKASICgood\r\n"
    "resultscalibration,warm,32s760ms,False,122.79485186042018,7.6164944763200015,123.48702548501706,"
    "5.500409378602915,123.58193824188356,5.500430677265895,13.071744817886788,0.8207953554619438,"
    "0.004986528746856968,12.948048451890935,0.6939815665395739,12.938104159123778,0.6930826474881772\r\n"
    "resultsbaseline,cold,2s621ms,True,115.5,7.5,116,5.5,116.25,5.5,13.5,0.75,0.005,13.25,0.5,13.125,0.5\n"
    "resultsempty,warm,2s621ms,False,,,,,,,nan,nan,nan,,,,\n";

Outcome plot(const SmallScan& scan, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin() + 1, "small.yaml");
  return run("velocal-plot", arguments, {.folder = scan.folder()});
}

}  // namespace

TEST_CASE("the rows of a results collection are drawn, by whichever analysis they were made") {
  const SmallScan scan(65000);
  const auto table = scan.folder() / "old.csv";
  write_text(table, old_table);
  const Outcome alone = plot(scan, {"summary", "--collection", "old.csv"});
  CAPTURE(alone.err);
  REQUIRE(alone.status == 0);
  CHECK_THAT(alone.err, Contains("warning: small/warm is left out (it has no matrices.h5)"));
  const auto plots = scan.folder() / "results/small/plots";
  CHECK_FALSE(std::filesystem::exists(plots / "summary-energy.png"));  // nobody tells the source of these rows
  CHECK_FALSE(std::filesystem::exists(plots / "summary-pixels.png"));
  const std::string gains = read_text(plots / "summary-gain.csv");
  CHECK_THAT(gains, Contains("\nresultscalibration,warm,27094,13.071744817886788,0.004986528746856968,"));
  CHECK_THAT(gains, Contains("\nresultsbaseline,cold,22500,13.5,0.005,13.25,0.5,13.125,0.5,"));

  const Outcome pixels = plot(scan, {"summary", "--collection", "old.csv", "--param", "pixels"});
  CHECK(pixels.status == 2);
  CHECK_THAT(pixels.err, Contains("a results collection does not tell their numbers"));
  CHECK(plot(scan, {"quality", "--collection", "old.csv"}).status == 2);
  const auto refused = [&](const std::string& text, const std::string& message) {
    write_text(table, text);
    const Outcome outcome = plot(scan, {"summary", "--collection", "old.csv", "--force"});
    CHECK(outcome.status == 4);
    CHECK_THAT(outcome.err, Contains(message));
  };
  const std::string head = std::string(old_table).substr(0, std::string(old_table).find('\r'));
  refused("a,b\n", "old.csv is no results collection (its first line is \"a,b\")");
  refused(head + "\n", "old.csv has no row to be drawn");
  refused(head + "\nx,warm,1s\n", "old.csv:2: 3 fields in the line");
  refused(head + "\nx,warm,1s,False,a,,,,,,,,,,,,\n", "old.csv:2: expected a number, got \"a\"");
}

TEST_CASE("the dataset stands beside the old rows, and old names and a number are understood") {
  const SmallScan scan(64000);
  scan.make({"simulate", "flux", "fit", "matrices"});
  write_text(scan.folder() / "old.csv", old_table);
  const Outcome summary = plot(scan, {"summary", "--collection", "old.csv", "--json"});
  REQUIRE(summary.status == 0);
  CHECK_THAT(summary.out, Contains("; 3 of 4 rows left out: the table does not tell their source"));
  const std::string gains = read_text(scan.folder() / "results/small/plots/summary-gain.csv");
  CHECK_THAT(gains, Contains("\nsmall,warm,") && Contains("\nresultscalibration,warm,"));
  const auto own =
      plot(scan, {"summary", "--collection", "results/results_collection.csv", "--param", "energy", "--force"});
  CHECK(own.status == 0);  // its only row is the dataset's own, which is drawn once
  const fs::path energies = scan.folder() / "results/small/plots/summary-energy.csv";
  CHECK_THAT(read_text(energies), !Contains("(table)"));

  const Outcome old = plot(scan, {"heatmap", "--param", "Fittype"});
  CHECK(old.status == 0);
  CHECK_THAT(old.err, Contains("Fittype is called status here"));
  CHECK(std::filesystem::exists(scan.results() / "plots/heatmap-status.png"));
  const Outcome number = plot(scan, {"distribution", "--param", "K", "--discrepancy", "13"});
  CAPTURE(number.err);
  CHECK(number.status == 0);
  CHECK(std::filesystem::exists(scan.results() / "plots/distribution-K-discrepancy-13.png"));
  const Outcome all = plot(scan, {"distribution", "--discrepancy", "13"});
  CHECK(all.status == 2);
  CHECK_THAT(all.err, Contains("--discrepancy 13 needs one parameter"));
}

TEST_CASE("a row with a drawn scan's name and other numbers is drawn beside it") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit", "matrices"});
  std::string text = read_text(scan.folder() / "results/results_collection.csv");
  const std::size_t baseline = text.find(",False,");
  REQUIRE(baseline != std::string::npos);
  write_text(scan.folder() / "former.csv", text.insert(baseline + 7, "1"));  // the mean target begins with it
  const Outcome outcome = plot(scan, {"summary", "--collection", "former.csv"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  const fs::path plots = scan.folder() / "results/small/plots";
  for (const char* table : {"summary-gain.csv", "summary-energy.csv"}) {
    CHECK_THAT(read_text(plots / table), Contains("\nsmall,warm,") && Contains("\nsmall (table),warm,"));
  }
}

TEST_CASE(
    "beside a collection, missing results are named, and those of the reference are no other dataset's to replace") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit", "matrices"});
  write_text(scan.folder() / "old.csv", old_table);
  write_text(scan.folder() / "variant.yaml", "velocal: 1\nextends: small.yaml\nname: variant\n");
  const auto summary = [&](const char* first, const char* second) {
    return run("velocal-plot", {"summary", first, second, "--collection", "old.csv", "--dry-run"},
               {.folder = scan.folder()});
  };
  const Outcome left_out = summary("small.yaml", "variant.yaml");
  CHECK(left_out.status == 0);
  CHECK_THAT(left_out.err, Contains("warning: variant/warm is left out (it has no matrices.h5)"));
  const Outcome refused = summary("variant.yaml", "small.yaml");
  CHECK(refused.status == 4);
  CHECK_THAT(refused.err, Contains("no matrices for variant/warm (results/variant/warm/matrices.h5). Run "));
}

}  // namespace velocal::test
