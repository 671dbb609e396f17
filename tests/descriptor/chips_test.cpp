// SPDX-License-Identifier: GPL-3.0-or-later
// Descriptors of many chips.
#include <catch2/catch.hpp>

#include "descriptor/environment_variable.hpp"
#include "descriptor/physics_models.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/descriptor/chip_names.hpp"
#include "velocal/descriptor/read_dataset.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

const std::string many = R"(velocal: 1
name: many
asics: ["Module{0..1}_VP{0..1}-{0..2}", Module9_VP3-1]
data: data/${ASIC}
results: results
fit: {start: auto}
overrides:
  Module0_VP1-2: {skip: "no bias"}
  Module9_VP3-1:
    data: again
    scans: [{label: warm, folder: elsewhere, reject: {acquisitions: [{threshold: 1490, acquisition: 0}]}}]
scans:
  - {label: warm, folder: warm, shutter: 1s, acquisitions: 3, thresholds: {from: 1480, to: 1500},
     baseline: {file: "many/${ASIC}/baseline.h5"}}
  - {label: cold, folder: "${ASIC}/cold", shutter: 1s, acquisitions: 3, thresholds: {from: 1480, to: 1500}}
)";

DatasetOfChips read_many(const std::string& text) {
  const test::TemporaryFolder folder;
  test::write_text(folder.path() / "many.yaml", text);
  return read_chips(folder.path() / "many.yaml", test::physics_models);
}

std::vector<std::string> names_of(const std::vector<const ChipDataset*>& chips) {
  std::vector<std::string> names;
  for (const ChipDataset* chip : chips) names.push_back(chip->dataset.asic);
  return names;
}

}  // namespace

TEST_CASE("a pattern stands for the names of its ranges, the last of which runs fastest") {
  CHECK(expand_chip_pattern("Module7_VP0-0") == std::vector<std::string>{"Module7_VP0-0"});
  CHECK(expand_chip_pattern("M{9..11}_V") == std::vector<std::string>{"M9_V", "M10_V", "M11_V"});
  CHECK(expand_chip_pattern("M{0..1}_V{2..3}") == std::vector<std::string>{"M0_V2", "M0_V3", "M1_V2", "M1_V3"});
  CHECK(expand_chip_pattern("Module{0..51}_VP{0..3}-{0..2}").size() == 624);
}

TEST_CASE("patterns that stand for nothing are told") {
  CHECK_THROWS_WITH(expand_chip_pattern(""), "an empty pattern names no chip");
  CHECK_THROWS_WITH(expand_chip_pattern("M{3..1}"), "the range \"{3..1}\" in \"M{3..1}\" descends. Write \"{1..3}\"");
  for (const char* text : {"M{}", "M{1}", "M{1..}", "M{..1}", "M{a..b}", "M{1...2}", "M{-1..2}", "M{1..2000000}"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH(expand_chip_pattern(text), Contains("is no range"));
  }
  for (const char* text : {"M{1..2", "M1..2}", "M}1..2{"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH(expand_chip_pattern(text), Contains("brace without its partner"));
  }
  CHECK_THROWS_WITH(expand_chip_pattern("M{0..999999}"), Contains("more than 10000 chips"));
  CHECK_THROWS_WITH(expand_chip_pattern("M{0..999}-{0..999}"), Contains("more than 10000 chips"));
}

TEST_CASE("a star in the list of chips is told, as it would name none") {
  std::string text = many;
  text.replace(text.find("Module9_VP3-1]"), 13, "\"Module9*\"");
  CHECK_THROWS_WITH(read_many(text), Contains("many.yaml:3:") && Contains("\"Module9*\" names no chip"));
}

TEST_CASE("star and question mark are those of a shell") {
  CHECK(fits_chip_pattern("*", ""));
  CHECK(fits_chip_pattern("*", "Module0_VP0-0"));
  CHECK(fits_chip_pattern("Module0_*", "Module0_VP0-0"));
  CHECK(fits_chip_pattern("*-0", "Module0_VP0-0"));
  CHECK(fits_chip_pattern("*0*0", "Module0_VP0-0"));
  CHECK(fits_chip_pattern("Module?_VP0-0", "Module0_VP0-0"));
  CHECK_FALSE(fits_chip_pattern("Module?_VP0-0", "Module10_VP0-0"));
  CHECK_FALSE(fits_chip_pattern("Module0_", "Module0_VP0-0"));
  CHECK_FALSE(fits_chip_pattern("*-1", "Module0_VP0-0"));
  CHECK_FALSE(fits_chip_pattern("", "Module0_VP0-0"));
}

TEST_CASE("a descriptor of many chips gives a dataset for each, in its order") {
  const test::EnvironmentVariable asic("ASIC", "not this");
  const DatasetOfChips dataset = read_many(many);
  CHECK(dataset.has_many);
  CHECK(dataset.name == "many");
  REQUIRE(dataset.chips.size() == 13);
  const Dataset& first = dataset.chips.front().dataset;
  CHECK(first.asic == "Module0_VP0-0");
  CHECK(first.name == "many/Module0_VP0-0");
  CHECK(first.one_of_many);
  CHECK(first.data_root == "data/Module0_VP0-0");
  CHECK(first.results_root == "results");
  CHECK(first.scan("warm").folder == "warm");
  CHECK(first.scan("warm").baseline_file == "many/Module0_VP0-0/baseline.h5");
  CHECK(first.scan("cold").folder == "Module0_VP0-0/cold");
  CHECK(first.text == dataset.chips.back().dataset.text);
  CHECK_THAT(first.text, Contains("${ASIC}/cold") && Contains("overrides"));

  const ChipDataset& last = dataset.chips.back();
  CHECK(last.dataset.asic == "Module9_VP3-1");
  CHECK(last.dataset.data_root == "again");
  CHECK(last.dataset.scan("warm").folder == "elsewhere");
  CHECK(last.dataset.scan("warm").reject.acquisitions.size() == 1);
  CHECK(last.dataset.scan("warm").acquisitions.count == 3);
  CHECK(last.dataset.scan("cold").folder == "Module9_VP3-1/cold");
  CHECK(dataset.chip("Module0_VP1-2").skipped == "no bias");
  CHECK(last.skipped.empty());
}

TEST_CASE("chips are chosen by names and patterns, in the descriptor's order, each once") {
  const DatasetOfChips dataset = read_many(many);
  CHECK(dataset.matching({}).size() == 13);
  using Names = std::vector<std::string>;
  CHECK(names_of(dataset.matching({"Module9*", "Module0_VP{0..1}-2", "Module0_VP0-?", "Module9_VP3-1"})) ==
        Names{"Module0_VP0-0", "Module0_VP0-1", "Module0_VP0-2", "Module0_VP1-2", "Module9_VP3-1"});
  CHECK_THROWS_WITH(dataset.matching({"Module0_VP0-0", "Module8*"}),
                    "no chip of many is called \"Module8*\" (there are 13: Module0_VP0-0 to Module9_VP3-1)");
  CHECK_THROWS_WITH(dataset.matching({"Module9_VP3-7"}), Contains("Did you mean \"Module9_VP3-1\"?"));
  CHECK_THROWS_WITH(dataset.chip("Module9_VP3"), Contains("Did you mean \"Module9_VP3-1\"?"));
}

TEST_CASE("one chip alone is as it was, and can be chosen by its name") {
  std::string text = many.substr(0, many.find("overrides:")) + many.substr(many.find("scans:\n"));
  text.replace(text.find("asics:"), text.find("\ndata:") - text.find("asics:"), "asic: Module0_VP3-1");
  const DatasetOfChips dataset = read_many(text);
  CHECK_FALSE(dataset.has_many);
  CHECK(dataset.chips.front().dataset.name == "many");
  CHECK_FALSE(dataset.chips.front().dataset.one_of_many);
  CHECK(dataset.chips.front().dataset.data_root == "data/Module0_VP3-1");
  CHECK(dataset.matching({"Module0*"}).size() == 1);
  CHECK_THROWS_WITH(dataset.matching({"Module1*"}), Contains("(there is Module0_VP3-1)"));
}

TEST_CASE("a dataset of one chip is not read of a descriptor of many") {
  const test::TemporaryFolder folder;
  test::write_text(folder.path() / "many.yaml", many);
  CHECK_THROWS_AS(read_dataset(folder.path() / "many.yaml", test::physics_models), UsageError);
}
