// SPDX-License-Identifier: GPL-3.0-or-later
// One descriptor of many chips, with the real programs.
#include "many_chips.hpp"

#include <sys/stat.h>

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

void calibrate(const ManyChips& chips, const std::string& asics) {
  for (const char* program : {"flux", "fit", "matrices"}) REQUIRE(chips.run(program, {"--asic", asics}).status == 0);
}

/// The third is drawn, and not calibrated. Made once: each section begins with a copy.
const ManyChips& two_of_three_chips() {
  static const ManyChips chips("[Module0_VP0-0, Module0_VP0-1, Module0_VP0-2]");
  static const bool is_made = [] {
    chips.make({"simulate"});
    calibrate(chips, "Module0_VP0-{0..1}");
    chips.make({"detector"}, 6);
    return true;
  }();
  REQUIRE(is_made);
  return chips;
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
  chips.make({"matrices"});
  const auto table = nlohmann::json::parse(chips.run("detector", {"--json"}).out);
  CHECK(table.at("scans").at(0).at("read_chips") == 1);  // the other one is as it was
  const std::string taken_over = read_text(chips.results() / "detector.h5") + collection_of(chips);
  CHECK(chips.run("detector", {"--force"}).status == 0);
  CHECK(read_text(chips.results() / "detector.h5") + collection_of(chips) == taken_over);
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

TEST_CASE("options that change a setting of the descriptor change it for every chip") {
  const ManyChips chips("[Module0_VP0-0, Module0_VP0-1]");
  chips.make({"simulate", "flux"});
  const auto models = [&](const std::vector<std::string>& options) {
    std::vector<std::string> words{"--json", "--force"};
    words.insert(words.end(), options.begin(), options.end());
    const Outcome fit = chips.run("fit", words);
    CAPTURE(fit.err);
    REQUIRE(fit.status == 0);
    std::vector<std::string> found;
    const auto json = nlohmann::json::parse(fit.out);
    for (const auto& chip : json.at("chips")) {
      found.push_back(chip.at("scans").at(0).at("model").get<std::string>());
    }
    return found;
  };
  CHECK(models({}) == std::vector<std::string>{"F1_0", "F1_0"});
  CHECK(models({"--model", "F1"}) == std::vector<std::string>{"F1", "F1"});
  const Outcome plain = chips.run("fit");
  CHECK(plain.status == 6);
  CHECK_THAT(plain.err,
             Contains("Module0_VP0-1/warm/fit.h5 was made with other settings (fit.model: F1 in the file, F1_0"));
}

TEST_CASE("options that choose pictures choose the same ones for every chip") {
  const ManyChips chips("[Module0_VP0-0, Module0_VP0-1]");
  chips.make({"simulate", "flux", "fit", "matrices"});
  const Outcome plot = test::run("velocal-plot", {"heatmap", "many.yaml", "--param", "K", "--param", "E0", "--dry-run"},
                                 {.folder = chips.folder()});
  CAPTURE(plot.out, plot.err);
  CHECK(plot.status == 0);
  for (const std::string name : {"heatmap-K.png", "heatmap-E0.png"}) {
    std::size_t count = 0;
    for (std::size_t at = plot.out.find(name); at != std::string::npos; at = plot.out.find(name, at + 1)) ++count;
    CAPTURE(name);
    CHECK(count == 2);
  }
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

TEST_CASE("the table is of all chips and scans, whichever are looked at, and it always ends in the same way") {
  const ManyChips chips(two_of_three_chips());
  const auto table = [&] { return read_text(chips.results() / "detector.csv"); };
  const std::string first = table();

  SECTION("it is up to date, also when fewer chips are chosen") {
    const Outcome again = chips.run("detector");
    CHECK(again.status == 6);
    CHECK_THAT(again.out, Contains("many: up to date"));
    CHECK_THAT(again.err, Contains("1 of 3 scans of chips have no result: Module0_VP0-2/warm missing"));
    CHECK(chips.run("detector", {"--asic", "Module0_VP0-0"}).status == 0);
    CHECK(table() == first);
  }
  SECTION("of chips that are not chosen the rows stay") {
    calibrate(chips, "Module0_VP0-2");
    std::filesystem::remove(chips.results() / "Module0_VP0-1/warm/matrices.h5");
    const Outcome one = chips.run("detector", {"--asic", "Module0_VP0-2", "--json"});
    CHECK(one.status == 0);
    CHECK(nlohmann::json::parse(one.out).at("scans").at(0).at("status").at("done").size() == 3);
    CHECK_THAT(collection_of(chips), Contains("many/Module0_VP0-1,warm,") && Contains("many/Module0_VP0-2,warm,"));
    CHECK_THAT(chips.run("detector").err, Contains("Module0_VP0-1/warm missing"));
  }
  SECTION("of a chip that cannot be read the row stays, and the table says so") {
    const std::string collection = collection_of(chips);
    REQUIRE_THAT(collection, Contains("many/Module0_VP0-1,warm,"));
    std::filesystem::resize_file(chips.results() / "Module0_VP0-1/warm/matrices.h5", 5000);
    const Outcome outcome = chips.run("detector");
    CHECK(outcome.status == 6);
    CHECK_THAT(outcome.err, Contains("Module0_VP0-1/warm unreadable"));
    CHECK(collection_of(chips) == collection);
  }
  SECTION("likewise of a chip with a file of counts that cannot be looked at") {
    const std::string collection = collection_of(chips);
    const auto counts = file_that_begins("Module0_VP0-1_ECS_data", chips.folder() / "data/Module0_VP0-1");
    std::filesystem::remove(counts);
    std::filesystem::create_symlink(counts, counts);  // to itself
    CHECK_THAT(chips.run("detector").err, Contains("Module0_VP0-1/warm unreadable"));
    CHECK(collection_of(chips) == collection);
  }
  SECTION("pictures and comparisons take no detector.h5 whose table is of another run") {
    write_text(chips.results() / "detector.csv", table() + "\n");
    const Outcome picture = run("velocal-plot", {"detector", "many.yaml"}, {.folder = chips.folder()});
    CHECK(picture.status == 4);
    CHECK_THAT(picture.err, Contains("detector.csv does not belong to it"));
    CHECK(chips.run("detector", {"--force"}).status == 6);
    CHECK(table() == first);
  }
  SECTION("no picture is drawn of a table that is older than a chip's result; a result that is gone is none") {
    const auto picture = [&] {
      return run("velocal-plot", {"detector", "many.yaml", "--dry-run"}, {.folder = chips.folder()});
    };
    CHECK(picture().status == 0);
    const std::vector<std::string> chip{"--asic", "Module0_VP0-0", "--force"};
    REQUIRE(chips.run("fit", {"--asic", "Module0_VP0-0", "--force", "--statistic", "neyman"}).status == 0);
    REQUIRE(chips.run("matrices", chip).status == 0);
    const Outcome stale = picture();
    CHECK(stale.status == 4);
    CHECK_THAT(stale.err, Contains("results/many/detector.h5 was not made of this "
                                   "results/many/Module0_VP0-0/warm/matrices.h5 (that was made anew since). "
                                   "Run velocal-detector first"));
    std::filesystem::remove(chips.results() / "Module0_VP0-0/warm/matrices.h5");
    CHECK(picture().status == 0);
  }
  SECTION("a pipe or an endless device in the place of detector.h5 is not waited for") {
    const auto file = chips.results() / "detector.h5";
    std::filesystem::remove(file);
    REQUIRE(mkfifo(file.c_str(), 0600) == 0);
    for (const char* kind : {"pipe", "device"}) {
      CAPTURE(kind);
      const Outcome picture = run("velocal-plot", {"detector", "many.yaml"}, {.folder = chips.folder()});
      CHECK(picture.status == 4);
      CHECK_THAT(picture.err, Contains("cannot read results/many/detector.h5 (it is no regular file)"));
      const Outcome again = chips.run("detector");
      CHECK(again.status == 5);
      CHECK_THAT(again.err, Contains("cannot read results/many/detector.h5 (it is no regular file)"));
      std::filesystem::remove(file);
      std::filesystem::create_symlink("/dev/zero", file);
    }
  }
  SECTION("a scan that is not chosen is in the table, and no loss") {
    write_text(chips.folder() / "many.yaml",
               read_text(chips.folder() / "many.yaml") +
                   "  - {label: cold, folder: cold, shutter: 260s0ms, acquisitions: 1, "
                   "thresholds: {from: 1520, to: 1595, step: 5}, baseline: {folder: \"${ASIC}\"}}\n");
    CHECK(chips.run("detector", {"--scan", "warm", "--asic", "Module0_VP0-0"}).status == 0);
    CHECK_THAT(table(), Contains("Module0_VP0-2,warm,") && Contains("Module0_VP0-0,cold,"));
    CHECK(chips.run("detector", {"--asic", "Module0_VP0-0"}).status == 6);
  }
  SECTION("a collection that was deleted is gathered again") {
    const std::string collection = collection_of(chips);
    std::filesystem::remove(chips.folder() / "results/results_collection.csv");
    CHECK(chips.run("detector").status == 6);
    CHECK(collection_of(chips) == collection);
  }
}

TEST_CASE("chips with planted faults are the ones that stand out, and no other", "[thorough]") {
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

TEST_CASE("two descriptors are compared, and the chip that changed more than the others stands out", "[thorough]") {
  const std::string asics = "[\"Module{0..1}_VP0-{0..2}\"]";
  const ManyChips chips(asics);
  write_text(chips.folder() / "after.yaml",
             "velocal: 1\nextends: many.yaml\nname: after\ndata: later\nfaults: {Module1_VP0-1: shifted_gain}\n");
  for (const char* program : {"simulate", "flux", "fit", "matrices", "detector"}) {
    chips.make({program});
    REQUIRE(test::run(std::string("velocal-") + program, {"after.yaml", "--no-progress"}, {.folder = chips.folder()})
                .status == 0);
  }
  const Outcome outcome = chips.run("detector", {"after.yaml", "--compare", "--json"});
  CAPTURE(outcome.err, outcome.out);
  REQUIRE(outcome.status == 0);
  const auto compared = nlohmann::json::parse(outcome.out).at("scans").at(0).at("compared").at(0);
  CHECK(compared.at("dataset") == "after");
  REQUIRE(compared.at("chips").size() == 6);
  CHECK(compared.at("chips").at(0).at("K_difference").at("value") == 0.0);
  REQUIRE_FALSE(compared.at("outliers").empty());
  for (const auto& outlier : compared.at("outliers")) CHECK(outlier.at("asic") == "Module1_VP0-1");
}

TEST_CASE("what was made anew or removed since two descriptors got their tables is not compared") {
  const ManyChips chips(two_of_three_chips());
  write_text(chips.folder() / "after.yaml", "velocal: 1\nextends: many.yaml\nname: after\n");
  const auto run_after = [&](const std::string& program, const std::string& option, const std::string& value) {
    return test::run("velocal-" + program, {"after.yaml", "--no-progress", option, value}, {.folder = chips.folder()});
  };
  for (const char* program : {"flux", "fit", "matrices"}) {
    REQUIRE(run_after(program, "--asic", "Module0_VP0-{0..1}").status == 0);
  }
  REQUIRE(run_after("detector", "--asic", "Module0_VP0-*").status == 6);
  const auto compared = [&] { return chips.run("detector", {"after.yaml", "--compare"}).out; };
  CHECK_THAT(compared(), Contains("Module0_VP0-0/warm dK") && Contains("Module0_VP0-1/warm dK"));

  REQUIRE(chips.run("fit", {"--asic", "Module0_VP0-0", "--force", "--statistic", "neyman"}).status == 0);
  CHECK_THAT(compared(), Contains("Module0_VP0-0/warm not compared (its results are not those of the table") &&
                             Contains("Module0_VP0-1/warm dK"));
  std::filesystem::remove(chips.results() / "Module0_VP0-1/warm/fit.h5");
  CHECK_THAT(compared(), Contains("Module0_VP0-1/warm not compared (no fit for"));
}

TEST_CASE("chips that only the other of two compared descriptors has are named and counted") {
  const ManyChips chips(two_of_three_chips());
  write_text(chips.folder() / "fewer.yaml", "velocal: 1\nextends: many.yaml\nname: fewer\nasics: [Module0_VP0-1]\n");
  const auto detector = [&](std::vector<std::string> arguments) {
    arguments.emplace_back("--no-progress");
    return run("velocal-detector", arguments, {.folder = chips.folder()});
  };
  REQUIRE(detector({"fewer.yaml"}).status == 6);  // a table without numbers
  CHECK_THAT(detector({"fewer.yaml", "many.yaml", "--compare"}).out,
             Contains("not compared   2 scans of chips that fewer does not have: Module0_VP0-0/warm, "
                      "Module0_VP0-2/warm\n"));
  const auto json = nlohmann::json::parse(detector({"fewer.yaml", "many.yaml", "--compare", "--json"}).out);
  CHECK(json.at("scans").at(0).at("compared").at(0).at("not_in_reference").size() == 2);
  CHECK_THAT(detector({"many.yaml", "fewer.yaml", "--compare"}).out,
             Contains("Module0_VP0-0/warm not compared (fewer has no such scan)") && !Contains("does not have"));
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
