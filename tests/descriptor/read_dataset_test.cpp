// SPDX-License-Identifier: GPL-3.0-or-later
// Defaults, `extends`, the environment and the text that is stored with results.
#include "velocal/descriptor/read_dataset.hpp"

#include <catch2/catch.hpp>

#include "descriptor/environment_variable.hpp"
#include "descriptor/physics_models.hpp"
#include "support/files.hpp"
#include "support/source_tree.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;

namespace {

const std::string smallest = R"(velocal: 1
name: smallest
asic: Module0_VP3-1
data: data
results: results
fit: {start: auto}
scans:
  - {label: warm, folder: warm, shutter: 1s, acquisitions: 3, thresholds: {from: 1480, to: 1500}}
)";

/// Descriptors in a folder of their own.
class Descriptors {
 public:
  Descriptors& write(const std::string& name, const std::string& text) {
    test::write_text(folder_.path() / name, text);
    return *this;
  }
  Dataset read(const std::string& name) const { return read_dataset(folder_.path() / name, test::physics_models); }

 private:
  test::TemporaryFolder folder_;
};

Dataset read(const std::string& text) {
  return Descriptors().write("dataset.yaml", text).read("dataset.yaml");
}

/// The smallest descriptor with more keys in its scan.
std::string with_scan_keys(const std::string& keys) {
  std::string text = smallest;
  return text.insert(text.rfind('}'), ", " + keys);
}

}  // namespace

TEST_CASE("what is not given has the defaults of the value types") {
  const Dataset dataset = read(smallest);
  CHECK(dataset.source.name == "Fe55");
  CHECK(dataset.source.lines.empty());
  CHECK_FALSE(dataset.source.photon_energy_eV.has_value());
  CHECK_FALSE(dataset.source.pair_energy_eV.has_value());
  CHECK(dataset.sensor == Sensor{55.0, 200.0, IlluminatedSide::back});
  CHECK(dataset.fit.statistic == "poisson");
  CHECK(dataset.fit.covariance == Covariance::absolute);
  CHECK(dataset.fit.shared.empty());
  CHECK(dataset.fit.model == "F1_0");
  CHECK(dataset.fit.start == StartValues::automatic);
  CHECK(dataset.fit.significance == 0.05);
  CHECK(dataset.fit.max_zero_fraction == 0.8);
  CHECK_FALSE(dataset.fit.background.has_value());
  CHECK_FALSE(dataset.fit.fixed_fit);
  const ScanSettings& scan = dataset.scan("warm");
  CHECK(scan.thresholds.step == 1);
  CHECK_FALSE(scan.reject.last_column_mean.has_value());
  CHECK_FALSE(scan.baseline_folder.has_value());
  CHECK(scan.initial.empty());
  CHECK_FALSE(scan.simulation.has_value());
}

TEST_CASE("the section noise says where the noise scans lie") {
  CHECK_FALSE(read(smallest).noise.has_value());
  const auto usual = read(std::string(smallest) + "noise: {folder: equalisation}\n").noise;
  REQUIRE(usual);
  CHECK(usual->folder == "equalisation");
  CHECK(usual->trim0.empty());
  CHECK(usual->estimator == "moments");
  CHECK(usual->prediction == NoisePrediction::linear);
  const auto noise = read(std::string(smallest) +
                          "noise: {folder: f, trim0: a.dat, trimF: b.dat, control: c.dat, trims: t.csv, "
                          "estimator: censored, prediction: established}\n")
                         .noise;
  REQUIRE(noise);
  CHECK(noise->trim0 == "a.dat");
  CHECK(noise->trimF == "b.dat");
  CHECK(noise->control == "c.dat");
  CHECK(noise->trims == "t.csv");
  CHECK(noise->estimator == "censored");
  CHECK(noise->prediction == NoisePrediction::established);
}

TEST_CASE("a scan's baseline is a folder of CSV files or a result, predicted or of a control scan") {
  const auto scan_with = [&](const std::string& baseline) {
    return read(with_scan_keys("baseline: " + baseline)).scans.front();
  };
  const ScanSettings folder = scan_with("{folder: b, kind: control}");
  CHECK(folder.baseline_folder == "b");
  CHECK(folder.baseline_kind == BaselineKind::control);
  CHECK_FALSE(folder.baseline_file.has_value());
  for (const char* text : {"N/baseline.h5", "{file: N/baseline.h5}"}) {
    const ScanSettings file = scan_with(text);
    CHECK(file.baseline_file == "N/baseline.h5");
    CHECK(file.baseline_kind == BaselineKind::predicted);
    CHECK_FALSE(file.baseline_folder.has_value());
    CHECK(file.has_baseline());
  }
  CHECK_FALSE(read(smallest).scans.front().has_baseline());
}

TEST_CASE("every key of the fit section reaches its setting") {
  std::string text = smallest;
  const std::string fit = "fit: {start: auto}";
  text.replace(text.find(fit), fit.size(),
               "fit: {model: F4, statistic: poisson, covariance: absolute, start: auto, separation: column-pairs, "
               "significance: 0.01, max_zero_fraction: 1, background: 2e-6, fixed_fit: true}");
  const FitSettings settings = read(text).fit;
  CHECK(settings.model == "F4");
  CHECK(settings.statistic == "poisson");
  CHECK(settings.covariance == Covariance::absolute);
  CHECK(settings.separation == SeparationPattern::column_pairs);
  CHECK(settings.significance == 0.01);
  CHECK(settings.max_zero_fraction == 1);
  CHECK(settings.background == 2e-6);
  CHECK(settings.fixed_fit);
}

TEST_CASE("a source has own lines, a temperature or one energy, and a scan one of its own") {
  const Dataset dataset = read(with_scan_keys("source: {name: Cu, temperature_C: -30}") +
                               "source: {name: mine, lines: [{energy_eV: 5895, intensity: 100}, "
                               "{energy_eV: 6490, intensity: 13.6, attenuation_um: 36}], pair_energy_eV: 3.7}\n"
                               "sensor: {thickness_um: 100, illuminated: front}\n");
  CHECK(dataset.source.name == "mine");
  REQUIRE(dataset.source.lines.size() == 2);
  CHECK(dataset.source.lines[1].energy_eV == 6490);
  CHECK(dataset.source.lines[1].intensity == 13.6);
  CHECK(dataset.source.lines[1].attenuation_um == 36);
  CHECK_FALSE(dataset.source.lines[0].attenuation_um.has_value());
  CHECK(dataset.source.pair_energy_eV == 3.7);
  CHECK(dataset.sensor == Sensor{55.0, 100.0, IlluminatedSide::front});
  const ScanSettings& scan = dataset.scans.front();
  CHECK(scan.source.name == "Cu");
  CHECK(scan.source.temperature_C == -30);
  CHECK(scan.source.lines.empty());
  CHECK_FALSE(scan.source.pair_energy_eV.has_value());  // nothing is taken from the dataset's
  CHECK(scan.sensor == dataset.sensor);
  CHECK(read(smallest + "source: {name: Cd109}\n").scans.front().source.name == "Cd109");
}

TEST_CASE("what the chip shares is a list of parameters of the model") {
  const auto with_fit = [](const std::string& fit) {
    std::string text = smallest;
    return text.replace(text.find("{start: auto}"), 13, fit);
  };
  CHECK(read(with_fit("{model: diffusion, shared: [sigma, w2]}")).fit.shared ==
        std::vector<std::string>{"sigma", "w2"});
  const auto refused = [&](const std::string& fit, const std::string& why) {
    CHECK_THROWS_WITH(read(with_fit(fit)), Catch::Contains("fit.shared") && Catch::Contains(why));
  };
  refused("{shared: [sigma]}", "parameters of the model F1_0 (f, A, s, E0), w2 or zero");
  refused("{model: diffusion, shared: sigma}", "must be a list of names");
  refused("{model: diffusion, shared: [s, s]}", "each once");
  refused("{model: diffusion, shared: [R, sigma, s, E0]}", "leave one or more to each pixel");
}

TEST_CASE("rejected acquisitions are numbers or ranges, also outside what is analysed") {
  const Dataset dataset = read(with_scan_keys(
      "reject: {acquisitions: [{threshold: [1500, 1510], acquisition: 2}, {threshold: 9, acquisition: [0, 4]}]}"));
  CHECK(dataset.scans[0].reject.acquisitions ==
        std::vector<RejectedAcquisitions>{{{1500, 1510}, {2, 2}}, {{9, 9}, {0, 4}}});
}

TEST_CASE("the counter is a number, none or automatic") {
  const auto counter = [](const std::string& text) {
    return read(with_scan_keys("counter: " + text)).scans[0].counter;
  };
  CHECK(read(with_scan_keys("reject: {last_column_mean: 18.5}")).scans[0].counter == counter_automatic);
  CHECK(counter("auto") == counter_automatic);
  CHECK(counter("none") == counter_unlimited);
  CHECK(counter("63") == 63);
  for (const char* wrong : {"0", "-1", "63.5", "full", "1000000001"}) {
    CHECK_THROWS_AS(counter(wrong), DescriptorError);
  }
  CHECK_THROWS_WITH(counter("full"), Catch::Contains("must be auto, none or an integer from 1 to 1000000000"));
}

TEST_CASE("the simulation section overrides its defaults key by key") {
  const Dataset dataset =
      read(with_scan_keys("reject: {last_column_mean: 18.5}, simulation: {spot: {radius: 50}, amplitude: 2, "
                          "target: {spread: 1}, masked_pixels: 0, bad: [{threshold: 1500, acquisition: 2}]}"));
  const SimulationSettings& settings = dataset.scans[0].simulation.value();
  CHECK(settings.spot.radius == 50);
  CHECK(settings.spot.row == 127.5);
  CHECK(settings.amplitude == 2);
  CHECK(settings.target.mean == 124);
  CHECK(settings.target.spread == 1);
  CHECK(settings.masked_pixels == 0);
  CHECK(settings.pixels_without_baseline == 50);
  CHECK(settings.bad == std::vector<PlantedAcquisition>{{1500, 2}});
  CHECK(settings.empty.empty());
}

TEST_CASE("a scan is simulated from physics only where it is asked for") {
  const auto settings = [](const std::string& simulation) {
    return read(with_scan_keys("simulation: {" + simulation + "}")).scans[0].simulation.value();
  };
  CHECK_FALSE(settings("masked_pixels: 1").physics.has_value());
  CHECK(settings("physics: {}").physics->sigma_um == 4.5);
  const SimulationSettings both = settings("physics: {sigma_um: 5.5, rate: 0.4}, width: {mean: 3}");
  CHECK(both.physics->sigma_um == 5.5);
  CHECK(both.physics->rate == 0.4);
  CHECK(both.width.mean == 3);
}

TEST_CASE("extends: maps merge, lists replace, scans merge by label, null takes away") {
  Descriptors files;
  files.write("base/a.yaml", with_scan_keys("reject: {last_column_mean: 18, acquisitions: [{threshold: 1, "
                                            "acquisition: 1}]}, baseline: {folder: noise}"));
  files.write("base/b.yaml",
              "velocal: 1\nextends: a.yaml\nname: b\nfit: {statistic: poisson}\nscans:\n"
              "  - {label: cold, folder: cold, shutter: 2s, acquisitions: 4, thresholds: {from: 1, to: 3}}\n"
              "  - {label: warm, acquisitions: {first: 1, count: 2}}\n");
  files.write("c.yaml",
              "velocal: 1\nextends: base/b.yaml\nscans:\n"
              "  - {label: warm, reject: {acquisitions: []}, baseline: ~, acquisitions: {count: 1}}\n"
              "  - {label: cold, thresholds: {step: 2}}\nname: c\n");
  const Dataset dataset = files.read("c.yaml");
  CHECK(dataset.name == "c");
  CHECK(dataset.fit.start == StartValues::automatic);
  CHECK(dataset.fit.statistic == "poisson");
  REQUIRE(dataset.scans.size() == 2);
  const ScanSettings& warm = dataset.scans[0];
  CHECK(warm.label == "warm");
  CHECK(warm.folder == "warm");
  CHECK(warm.acquisitions == AcquisitionRange{1, 1});
  CHECK(warm.reject.last_column_mean == 18);
  CHECK(warm.reject.acquisitions.empty());
  CHECK_FALSE(warm.baseline_folder.has_value());
  CHECK(dataset.scans[1].thresholds == ThresholdRange{1, 3, 2});
}

TEST_CASE("two files may extend one: that is no circle") {
  Descriptors files;
  files.write("a.yaml", smallest).write("b.yaml", "velocal: 1\nextends: ./a.yaml\nname: b\n");
  CHECK(files.write("c.yaml", "velocal: 1\nextends: b.yaml\nname: c\n").read("c.yaml").name == "c");
}

TEST_CASE("anchors and aliases of YAML stand for their values") {
  std::string text = smallest;
  text.insert(text.find("1480"), "&begin ");
  text.replace(text.find("1500"), 4, "*begin");
  CHECK(read(text).scans[0].thresholds == ThresholdRange{1480, 1480, 1});
}

TEST_CASE("CRLF line ends and a byte order mark do not matter") {
  std::string text = "\xEF\xBB\xBF";
  for (const char c : smallest) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  CHECK(read(text).text == read(smallest).text);
}

TEST_CASE("the environment is expanded in paths, not in the stored text") {
  const test::EnvironmentVariable disk("VELOCAL_TEST_DISK", "/disk");
  const test::EnvironmentVariable empty("VELOCAL_TEST_EMPTY", "");
  const test::EnvironmentVariable unset("VELOCAL_TEST_UNSET", nullptr);
  std::string text = smallest;
  const auto replace = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("data: data", "data: ${VELOCAL_TEST_DISK}/a${VELOCAL_TEST_EMPTY}/${VELOCAL_TEST_UNSET:-b/c}/$x");
  replace("results: results", "results: ${VELOCAL_TEST_EMPTY:-here}");
  replace("folder: warm", "folder: \"${VELOCAL_TEST_DISK:-no}/warm\"");
  const Dataset dataset = read(text);
  CHECK(dataset.data_root == "/disk/a/b/c/$x");
  CHECK(dataset.results_root == "here");
  CHECK(dataset.scans[0].folder == "/disk/warm");
  CHECK_THAT(dataset.text, Catch::Contains("${VELOCAL_TEST_DISK}/a${VELOCAL_TEST_EMPTY}"));
  CHECK_THAT(dataset.text, !Catch::Contains("/disk"));
}

TEST_CASE("the stored text is a descriptor of its own that gives the same text again") {
  const std::filesystem::path folder = test::source_tree() / "datasets";
  for (const std::string name : {"N037", "N037-F2sAB", "N037-acq25-50"}) {
    const Dataset dataset = read_dataset(folder / (name + ".yaml"), test::physics_models);
    const Dataset again = read(dataset.text);
    INFO(name);
    CHECK(again.text == dataset.text);
    CHECK(again.name == dataset.name);
    CHECK(again.scans[1].initial == dataset.scans[1].initial);
    CHECK(again.scans[0].acquisitions == dataset.scans[0].acquisitions);
    CHECK_THAT(dataset.text, !Catch::Contains("extends"));
  }
}

TEST_CASE("the stored text keeps quotes where YAML would take a word for something else") {
  std::string text = smallest;
  text.replace(text.find("smallest"), 8, "\"null\"");
  CHECK(read(text).name == "null");
  CHECK(read(read(text).text).name == "null");
}

TEST_CASE("the examples of the manual can be read, the second extending the first") {
  const std::string manual = test::read_text(test::source_tree() / "docs" / "descriptor.md");
  const std::string begin = "```yaml\n";
  std::vector<std::string> examples;
  for (auto at = manual.find(begin); at != manual.npos; at = manual.find(begin, at + 1)) {
    const auto start = at + begin.size();
    examples.push_back(manual.substr(start, manual.find("```", start) - start));
  }
  REQUIRE(examples.size() == 2);
  Descriptors files;
  files.write("N037.yaml", examples[0]).write("variant.yaml", examples[1]);
  CHECK(files.read("N037.yaml").name == "N037");
  CHECK(files.read("variant.yaml").scan("warm").initial.size() == 4);
}

TEST_CASE("a descriptor that cannot be opened is named with the reason") {
  CHECK_THROWS_WITH(read_dataset("no/such.yaml", test::physics_models),
                    "cannot read no/such.yaml (No such file or directory)");
  CHECK_THROWS_WITH(read_dataset("/", test::physics_models), "cannot read / (Is a directory). Put a file in its place");
  CHECK_THROWS_WITH(read(std::string(2 << 20, ' ')), Catch::Contains("(it is larger than 1 MiB)"));
}

TEST_CASE("text in another encoding is refused where it stands") {
  std::string text = smallest;
  text.replace(text.find("smallest"), 8,
               "20 \xB0"
               "C");
  CHECK_THROWS_WITH(read(text), Catch::Contains(":2:10: not UTF-8 text (byte 0xB0)"));
}

TEST_CASE("a damaged descriptor is read or refused, never anything else") {
  // Robustness, not mathematics: whatever the damage, a DescriptorError is the only way out.
  const std::string whole = test::read_text(test::source_tree() / "datasets" / "N037.yaml");
  Descriptors files;
  std::size_t refused = 0;
  const auto try_text = [&](const std::string& text) {
    try {
      files.write("damaged.yaml", text).read("damaged.yaml");
    } catch (const DescriptorError&) {
      ++refused;
    }
  };
  for (std::size_t size = 0; size < whole.size(); size += 3) try_text(whole.substr(0, size));
  const std::string spoilers =
      "{}[]:#&*!|>'\"%@`-?,~\t\n\x01\xFF"
      "9";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string text = whole;
    text[i] = spoilers[i % spoilers.size()];
    try_text(text);
  }
  CHECK(refused > whole.size() / 2);
}

TEST_CASE("thresholds may be listed, and an even list is the range that it is") {
  const auto thresholds = [](const std::string& list) {
    std::string text = smallest;
    return read(text.replace(text.find("{from: 1480, to: 1500}"), 22, list)).scans[0].thresholds;
  };
  CHECK(thresholds("[1480, 1482, 1484]") == ThresholdRange{1480, 1484, 2});
  CHECK(thresholds("[1490]") == ThresholdRange{1490, 1490, 1});
  const ThresholdRange uneven = thresholds("[1480, 1490, 1492, 1493]");
  CHECK(uneven == ThresholdRange{1480, 1493, 1, {1480, 1490, 1492, 1493}});
  CHECK(uneven.count() == 4);
  CHECK(uneven.values() == std::vector{1480, 1490, 1492, 1493});
  CHECK_THROWS_WITH(thresholds("[1480, 1480]"), Catch::Contains("must be above the threshold before it, got \"1480\""));
  CHECK_THROWS_WITH(thresholds("[]"), Catch::Contains("must be one threshold or more"));
  CHECK_THROWS_WITH(thresholds("[1480, high]"), Catch::Contains("got \"high\""));
}
