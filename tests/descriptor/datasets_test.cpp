// SPDX-License-Identifier: GPL-3.0-or-later
// The descriptors that we ship: all can be read, and hold the values of the analysis they repeat.
#include <catch2/catch.hpp>

#include "descriptor/environment_variable.hpp"
#include "descriptor/physics_models.hpp"
#include "support/source_tree.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;

namespace {

const std::filesystem::path descriptors = test::source_tree() / "datasets";

Dataset shipped(const std::string& name) {
  return read_dataset(descriptors / (name + ".yaml"), test::physics_models);
}

double value_of(const NamedValues& values, const std::string& name) {
  for (const auto& [known, value] : values) {
    if (known == name) return value;
  }
  throw std::runtime_error("no value of " + name);
}

/// The AB family writes the fraction f of the amplitude A as two amplitudes.
void check_ab_start(const ScanSettings& scan, const ScanSettings& reference) {
  const double f = value_of(reference.initial, "f");
  const double amplitude = value_of(reference.initial, "A");
  for (const NamedValues* values : {&scan.initial, &scan.initial_baseline}) {
    CHECK(value_of(*values, "B") == Approx((1 - f) * amplitude / 2).epsilon(1e-14));
    CHECK(value_of(*values, "A") == Approx(f * amplitude / 2).epsilon(1e-14));
    CHECK(value_of(*values, "s") == value_of(reference.initial, "s"));
  }
  CHECK(value_of(scan.initial, "E0") == value_of(reference.initial, "E0"));
  CHECK(value_of(scan.initial_baseline, "E0") == value_of(reference.initial_baseline, "E0"));
}

}  // namespace

TEST_CASE("every shipped descriptor can be read, and no two share their results") {
  std::map<std::string, std::string> file_of;
  for (const auto& entry : std::filesystem::directory_iterator(descriptors)) {
    if (entry.path().extension() != ".yaml") continue;
    INFO(entry.path().filename().string());
    const Dataset dataset = read_dataset(entry.path(), test::physics_models);
    CHECK(file_of.emplace(dataset.name, entry.path().filename()).second);
    CHECK(dataset.name == entry.path().stem());
  }
  CHECK(file_of.size() >= 14);
}

TEST_CASE("N037 has the values of the analysis that it repeats") {
  const test::EnvironmentVariable data("VELOCAL_DATA", nullptr);
  const test::EnvironmentVariable results("VELOCAL_RESULTS", "/disk/results");
  const Dataset dataset = shipped("N037");
  CHECK(dataset.name == "N037");
  CHECK(dataset.asic == "Module0_VP3-1");
  CHECK(dataset.data_root == "data/N037");
  CHECK(dataset.results_root == "/disk/results");
  CHECK(dataset.source.photon_energy_eV == 5900);
  CHECK(dataset.source.pair_energy_eV == 3.69);
  CHECK(dataset.source.pair_energy_uncertainty_eV == 0.11);
  CHECK(dataset.fit.model == "F1_0");
  CHECK(dataset.fit.statistic == "neyman");
  CHECK(dataset.fit.covariance == Covariance::scaled);
  CHECK(dataset.fit.baseline == BaselineMode::after);
  REQUIRE(dataset.scans.size() == 2);

  const ScanSettings& warm = dataset.scan("warm");
  CHECK(warm.folder == "20230803_warmFe55");
  CHECK(warm.shutter.text == "2s621ms");
  CHECK(warm.shutter.seconds == 2.621);
  CHECK(warm.acquisitions == AcquisitionRange{0, 100});
  CHECK(warm.thresholds == ThresholdRange{1480, 1600, 1});
  CHECK(warm.reject.last_column_mean == 18.34765625);
  CHECK(warm.reject.acquisitions ==
        std::vector<RejectedAcquisitions>{{{1494, 1494}, {18, 18}}, {{1527, 1527}, {78, 78}}});
  CHECK(warm.baseline_folder == "20230626_warm");
  CHECK(warm.initial == NamedValues{{"f", 0.0009}, {"A", 8}, {"s", 12}, {"E0", 1551}});
  CHECK(warm.initial_baseline == NamedValues{{"f", 0.0009}, {"A", 8}, {"s", 12}, {"E0", 125}});

  const ScanSettings& cold = dataset.scan("cold");
  CHECK(cold.folder == "20230823_coldFe55");
  CHECK(cold.shutter.seconds == 2.621);
  CHECK(cold.acquisitions == AcquisitionRange{0, 50});
  CHECK(cold.thresholds == ThresholdRange{1480, 1600, 1});
  CHECK(cold.reject.last_column_mean == 17.6941176471);
  CHECK(cold.reject.acquisitions.empty());
  CHECK(cold.baseline_folder == "20230622_cold");
  CHECK(cold.initial == NamedValues{{"f", 0.00032}, {"A", 14.5}, {"s", 17}, {"E0", 1535}});
  CHECK(cold.initial_baseline == NamedValues{{"f", 0.00032}, {"A", 14.5}, {"s", 17}, {"E0", 115}});
}

TEST_CASE("a variant changes what its name says and nothing else") {
  const Dataset reference = shipped("N037");
  CHECK(shipped("N037-baseline").fit.baseline == BaselineMode::before);
  CHECK(shipped("N037-aligned").fit.baseline == BaselineMode::aligned);
  CHECK(shipped("N037-column-pairs").fit.separation == SeparationPattern::column_pairs);

  const auto acquisitions = [](const Dataset& dataset) {
    return std::pair(dataset.scan("warm").acquisitions, dataset.scan("cold").acquisitions);
  };
  CHECK(acquisitions(shipped("N037-equal-time")) == std::pair(AcquisitionRange{0, 50}, AcquisitionRange{0, 50}));
  CHECK(acquisitions(shipped("N037-acq0-25")) == std::pair(AcquisitionRange{0, 25}, AcquisitionRange{0, 25}));
  CHECK(acquisitions(shipped("N037-acq25-50")) == std::pair(AcquisitionRange{25, 25}, AcquisitionRange{25, 25}));

  for (const std::string name : {"N037-equal-time", "N037-F1", "N037-FAB", "N037-aligned"}) {
    const Dataset variant = shipped(name);
    INFO(name);
    REQUIRE(variant.scans.size() == 2);
    CHECK(variant.asic == reference.asic);
    CHECK(variant.scans[0].folder == reference.scans[0].folder);
    CHECK(variant.scans[0].reject.acquisitions == reference.scans[0].reject.acquisitions);
    CHECK(variant.scans[1].baseline_folder == reference.scans[1].baseline_folder);
  }
}

TEST_CASE("variants of the model start from the same pixel as N037") {
  const Dataset reference = shipped("N037");
  const auto both = {"warm", "cold"};
  CHECK(shipped("N037-F1").fit.model == "F1");
  for (const char* label : both) CHECK(shipped("N037-F1").scan(label).initial == reference.scan(label).initial);

  for (const std::string model : {"FAB", "FAB_0", "F4", "F2sAB"}) {
    const Dataset variant = shipped("N037-" + model);
    INFO(model);
    CHECK(variant.fit.model == model);
    for (const char* label : both) check_ab_start(variant.scan(label), reference.scan(label));
  }
  for (const std::string model : {"F2s_0", "F2sAB"}) {
    const Dataset variant = shipped("N037-" + model);
    INFO(model);
    CHECK(variant.fit.model == model);
    for (const char* label : both) {
      CHECK(value_of(variant.scan(label).initial, "s2") == 8);
      CHECK(value_of(variant.scan(label).initial_baseline, "s2") == 8);
    }
  }
  const Dataset timepix = shipped("N037-timepix");
  CHECK(timepix.fit.model == "timepix");
  for (const char* label : both) {
    const NamedValues& values = timepix.scan(label).initial_baseline;
    CHECK(value_of(values, "B") == 0.7);
    CHECK(value_of(values, "A") == 0.1);
    CHECK(value_of(values, "s") == 2.6);
    CHECK(value_of(values, "E0") == value_of(reference.scan(label).initial_baseline, "E0"));
  }
}

TEST_CASE("the models are those that the caller names") {
  const Vocabulary one_model{{{"F1_0", {"f", "A", "s", "E0"}}}, {"neyman"}};
  CHECK_NOTHROW(read_dataset(descriptors / "N037.yaml", one_model));
  CHECK_THROWS_WITH(read_dataset(descriptors / "N037-F4.yaml", one_model),
                    Catch::Contains("fit.model: must be one of F1_0, got \"F4\""));
}
