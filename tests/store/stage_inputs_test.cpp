// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/stage_inputs.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "descriptor/physics_models.hpp"
#include "support/files.hpp"
#include "support/other_values.hpp"
#include "support/simulated_dataset.hpp"
#include "support/source_tree.hpp"
#include "velocal/descriptor/setting_tables.hpp"

using namespace velocal;

namespace {

const StageInputs recorded{{"shutter", "1s"}, {"fit.fixed_fit", "false"}, {"seed", "1"}};

std::set<std::string> keys_of_table(const std::string& heading) {
  std::istringstream page(test::read_text(test::source_tree() / "docs" / "descriptor.md"));
  std::set<std::string> keys;
  std::string line;
  while (std::getline(page, line) && line != heading) {
  }
  while (std::getline(page, line) && !line.starts_with("#")) {
    if (line.starts_with("| `")) keys.insert(line.substr(3, line.find('`', 3) - 3));
  }
  return keys;
}

bool same_for_all_stages(const Dataset& a, const Dataset& b) {
  const auto all = [](const Dataset& dataset) {
    return flux_inputs(dataset, dataset.scans[0]) + fit_inputs(dataset, dataset.scans[0], "fast") +
           matrices_inputs(dataset.scans[0]);
  };
  return all(a) == all(b);
}

}  // namespace

TEST_CASE("the difference of two lists is the first, and says what one of them lacks") {
  CHECK_FALSE(first_difference(recorded, recorded));
  const auto other = first_difference(recorded, {{"shutter", "2s"}, {"fit.fixed_fit", "true"}});
  REQUIRE(other);
  CHECK(other->name == "shutter");
  CHECK(other->in_file == "1s");
  CHECK(other->now == "2s");
  StageInputs more = recorded;
  more.push_back({"fit.errors", "profile"});
  CHECK(first_difference(recorded, more)->in_file == "nothing");
  CHECK(first_difference(more, recorded)->now == "nothing");
}

TEST_CASE("what the command line chose is not compared") {
  const StageInputs now{{"shutter", "1s"}, {"fit.fixed_fit", "true"}, {"seed", "2"}};
  CHECK(first_difference(recorded, now)->name == "fit.fixed_fit");
  CHECK(first_difference(recorded, now, "--fixed-fit")->name == "seed");
  CHECK_FALSE(first_difference(recorded, now, "--seed 2 --fixed-fit"));
  CHECK(first_difference(recorded, now, "--fixed-fitter --seed 2"));
}

TEST_CASE("a list is lines of text, and comes back from it") {
  const StageInputs inputs{{"reject.acquisitions", "0 at 1522: both"}, {"source.name", ""}};
  CHECK(to_text(inputs) == "reject.acquisitions: 0 at 1522: both\nsource.name: \n");
  CHECK(parse_stage_inputs(to_text(inputs)) == inputs);
  CHECK(parse_stage_inputs("").empty());
}

TEST_CASE("each setting of the tables is an input") {
  Dataset dataset = test::simulated_dataset("somewhere");
  dataset.fit = {};
  for (const Setting<FitSettings>& row : fit_settings_table()) {
    CAPTURE(row.key);
    Dataset other = dataset;
    row.member.set(other.fit, test::other_value(row, test::physics_models));
    CHECK_FALSE(same_for_all_stages(dataset, other));
  }
  Dataset moved = dataset;
  moved.name = "other";
  moved.data_root = "elsewhere";
  moved.results_root = "elsewhere";
  moved.scans[0].label = "other";
  CHECK(same_for_all_stages(dataset, moved));
}

// A key that is added here is added to stage_inputs.cpp, too, unless it changes no number.
TEST_CASE("each key of a scan is known as an input, or as none") {
  const std::set<std::string> inputs{"folder",
                                     "shutter",
                                     "acquisitions",
                                     "thresholds",
                                     "reject.last_column_mean",
                                     "initial",
                                     "source",
                                     "initial_baseline",
                                     "simulation",
                                     "reject.acquisitions",
                                     "baseline.folder",
                                     "counter",
                                     "baseline.file",
                                     "baseline.kind",
                                     "baseline.uncertainty",
                                     "baseline.established"};
  std::set<std::string> keys = keys_of_table("### Entries of `scans`");
  CHECK(keys.erase("label") == 1);
  CHECK(keys == inputs);
  const Dataset dataset = test::simulated_dataset("somewhere");
  const auto changes = [&](const auto& change) {
    Dataset other = dataset;
    change(other.scans[0]);
    return !same_for_all_stages(dataset, other);
  };
  CHECK(changes([](ScanSettings& scan) { scan.folder = "other"; }));
  CHECK(changes([](ScanSettings& scan) { scan.shutter = parse_shutter("1s"); }));
  CHECK(changes([](ScanSettings& scan) { scan.acquisitions.first = 1; }));
  CHECK(changes([](ScanSettings& scan) { scan.thresholds.step = 10; }));
  CHECK(changes([](ScanSettings& scan) { scan.reject.last_column_mean = 1.0; }));
  CHECK(changes([](ScanSettings& scan) { scan.reject.acquisitions = {{{1, 2}, {3, 3}}}; }));
  CHECK(changes([](ScanSettings& scan) { scan.counter = 63; }));
  CHECK(changes([](ScanSettings& scan) { scan.baseline_folder.reset(); }));
  CHECK(changes([](ScanSettings& scan) { scan.baseline_file = "small/baseline.h5"; }));
  CHECK(changes([](ScanSettings& scan) { scan.baseline_kind = BaselineKind::control; }));
  CHECK(changes([](ScanSettings& scan) { scan.baseline_uncertainty = BaselineUncertainty::width; }));
  CHECK(changes([](ScanSettings& scan) { scan.baseline_established = true; }));
  CHECK(changes([](ScanSettings& scan) { scan.initial = {{"A", 1.0}}; }));
  CHECK(changes([](ScanSettings& scan) { scan.initial_baseline = {{"A", 1.0}}; }));
  CHECK(changes([](ScanSettings& scan) { scan.source.lines = {{5900.0, 1.0}}; }));
  CHECK(changes([](ScanSettings& scan) { scan.sensor.thickness_um = 100.0; }));
}

TEST_CASE("a simulation is made from its seed and its section") {
  const Dataset dataset = test::simulated_dataset("somewhere");
  Dataset other = dataset;
  other.scans[0].simulation->target.spread = 1.0;
  const auto inputs = [](const Dataset& from, std::uint64_t seed) {
    return simulation_inputs(from, from.scans[0], seed);
  };
  CHECK(first_difference(inputs(dataset, 1), inputs(dataset, 2))->name == "seed");
  CHECK(first_difference(inputs(dataset, 1), inputs(other, 1))->name == "simulation.target");
}
