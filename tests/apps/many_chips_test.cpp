// SPDX-License-Identifier: GPL-3.0-or-later
// One descriptor of many chips, with the real programs.
#include "many_chips.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "support/files.hpp"

namespace velocal::test {
namespace {

using Catch::Matchers::Contains;

std::string collection_of(const ManyChips& chips) {
  return read_text(chips.folder() / "results/results_collection.csv");
}

std::size_t place_of(const std::string& text, const std::string& part) {
  const std::size_t place = text.find(part);
  REQUIRE(place != std::string::npos);
  return place;
}

}  // namespace

TEST_CASE("each chip has its own results, and the rows of the collection are gathered in the descriptor's order") {
  const ManyChips chips("[Module1_VP0-0, Module0_VP0-0]");
  chips.make({"simulate", "flux", "fit"});
  CHECK(chips.run("matrices", {"--asic", "Module0*"}).status == 0);
  CHECK_FALSE(std::filesystem::exists(chips.results() / "Module1_VP0-0/warm/matrices.h5"));
  const Outcome early = chips.run("detector");
  CHECK(early.status == 6);
  CHECK_THAT(early.err, Contains("1 of 2 scans of chips have no result: Module1_VP0-0/warm missing"));
  chips.make({"matrices", "detector"});
  const std::string rows = collection_of(chips);
  CHECK(place_of(rows, "many/Module1_VP0-0,warm,") < place_of(rows, "many/Module0_VP0-0,warm,"));
  CHECK_THAT(chips.run("detector").out, Contains("many: up to date"));

  const Outcome flux = chips.run("flux", {"--json"});
  const auto json = nlohmann::json::parse(flux.out);
  CHECK(json.at("dataset") == "many");
  REQUIRE(json.at("chips").size() == 2);
  CHECK(json.at("chips").at(0).at("asic") == "Module1_VP0-0");
  CHECK(json.at("chips").at(0).at("scans").at(0).at("up_to_date") == true);

  // the log of a chip tells of that chip alone
  const std::string log = read_text(chips.results() / "Module0_VP0-0/warm/velocal.log");
  CHECK_THAT(log, Contains("many/Module0_VP0-0/warm") && !Contains("many/Module1_VP0-0/warm"));
  CHECK_THAT(chips.run("status", {"--asic", "Module1_VP0-0"}).out, Contains("up to date"));
}

TEST_CASE("chips that fail are named at the end, and the others are done") {
  const ManyChips chips(
      "[Module0_VP0-0, Module0_VP0-1, Module0_VP0-2]\noverrides: {Module0_VP0-2: {skip: no bias}}\n"
      "faults: {Module0_VP0-0: missing_files}");
  chips.make({"simulate"});
  const Outcome flux = chips.run("flux");
  CHECK(flux.status == 6);
  CHECK_THAT(flux.err, Contains("1 of 2 chips failed: Module0_VP0-0\n") && Contains("acquisitions are missing") &&
                           Contains("many/Module0_VP0-2 is left out (no bias)"));
  CHECK(std::filesystem::exists(chips.results() / "Module0_VP0-1/warm/flux.h5"));
  CHECK_FALSE(std::filesystem::exists(chips.folder() / "data/Module0_VP0-2"));

  SECTION("a chip alone has its own status") {
    const Outcome one = chips.run("flux", {"--asic", "Module0_VP0-0"});
    CHECK(one.status == 4);
    CHECK_THAT(one.err, !Contains("chips failed"));
    CHECK(chips.run("flux", {"--asic", "Module0_VP0-1"}).status == 0);
  }
  SECTION("mistakes in the command stop everything") {
    const Outcome none = chips.run("flux", {"--asic", "Module7*"});
    CHECK(none.status == 2);
    CHECK_THAT(none.err, Contains("(there are 3: Module0_VP0-0 to Module0_VP0-2)"));
    CHECK(chips.run("flux", {"--scan", "wram"}).status == 2);
    CHECK(chips.run("fit", {"--dry-run"}).status == 6);
  }
}

TEST_CASE("chips with planted faults are the ones that stand out, and no other", "[statistics]") {
  const ManyChips chips(
      "[\"Module{0..2}_VP0-{0..2}\"]\nfaults: {Module0_VP0-1: shifted_gain, Module1_VP0-0: noisy, "
      "Module1_VP0-2: dead, Module2_VP0-1: missing_files}");
  chips.make({"simulate"});
  chips.make({"flux", "fit", "matrices"}, 6);
  const Outcome outcome = chips.run("detector", {"--json"});
  CAPTURE(outcome.err, outcome.out);
  CHECK(outcome.status == 6);
  CHECK_THAT(outcome.err, Contains("Module2_VP0-1/warm missing"));
  const auto report = nlohmann::json::parse(outcome.out).at("scans").at(0);
  std::set<std::string> found;
  for (const auto& outlier : report.at("outliers")) found.insert(outlier.at("asic"));
  CHECK(found == std::set<std::string>{"Module0_VP0-1", "Module1_VP0-0", "Module1_VP0-2"});
  CHECK(report.at("status").at("missing") == std::vector<std::string>{"Module2_VP0-1/warm"});
  CHECK(report.at("status").at("no gain") == std::vector<std::string>{"Module1_VP0-2/warm"});
}

TEST_CASE("what is of many chips is refused for one") {
  const ManyChips chips("[Module0_VP0-0]");
  std::string text = read_text(chips.folder() / "many.yaml");
  write_text(chips.folder() / "many.yaml", text.replace(text.find("asics: ["), 22, "asic: Module0_VP0-0"));
  const Outcome outcome = chips.run("detector");
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, Contains("many.yaml describes one chip (this is of many)"));
}

}  // namespace velocal::test
