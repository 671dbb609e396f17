// SPDX-License-Identifier: GPL-3.0-or-later
// velocal-gain on a small chip in front of two sources.
#include <fmt/format.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>

#include "run_once.hpp"
#include "small_scan.hpp"
#include "support/files.hpp"
#include "two_scans.hpp"
#include "velocal/store/gain_file.hpp"

namespace velocal::test {
namespace {

/// Both scans are of one chip, because its pixels are all alike: 12.92 e-/DAC.
constexpr auto gain_text = R"(velocal: 1
name: sources
asic: Module0_VP3-1
data: data
results: results
fit: {model: F1_0}
scans:
  - label: iron
    folder: iron
    source: {photon_energy_eV: 5895, pair_energy_eV: 3.68, pair_energy_uncertainty_eV: 0.02}
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {from: 1490, to: 1600, step: 4}
    baseline: {folder: equalisation_iron}
    simulation:
      target: {mean: 124, spread: 0}
      baseline: {mean: 1425, spread: 0}
      spot: {floor: 1}
      masked_pixels: 60000
      pixels_without_baseline: 5
  - label: copper foil
    folder: copper
    source: {photon_energy_eV: 8041.2, pair_energy_eV: 3.68, pair_energy_uncertainty_eV: 0.02}
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {from: 1520, to: 1680, step: 5}
    baseline: {folder: equalisation_copper}
    simulation:
      target: {mean: 169.1448, spread: 0}  # that of the iron times 8041.2/5895
      baseline: {mean: 1425, spread: 0}
      spot: {floor: 1}
      masked_pixels: 60000
      pixels_without_baseline: 5
  - label: iron again
    folder: iron
    source: {name: Fe55}
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {from: 1490, to: 1600, step: 4}
    baseline: {folder: equalisation_iron}
)";

/// A folder with the descriptor; nearly all pixels are masked, so that programs take a fraction of a second.
struct Sources {
  TemporaryFolder folder;

  explicit Sources(int masked_pixels = most_masked) {
    write_text(folder.path() / "sources.yaml", std::regex_replace(gain_text, std::regex("masked_pixels: 60000"),
                                                                  fmt::format("masked_pixels: {}", masked_pixels)));
  }
  /// Runs these stages; throws when one does not end with 0.
  void make(const std::vector<std::string>& stages) const {
    std::vector<std::vector<std::string>> commands;
    for (const std::string& stage : stages) {
      commands.push_back({"velocal-" + stage, "sources.yaml", "--scan", "iron", "--scan", "copper foil", "-q"});
    }
    run_once(folder.path(), commands);
  }
  Outcome run(const std::string& stage, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"sources.yaml", "--scan", "iron", "--scan", "copper foil"});
    return test::run("velocal-" + stage, more, {.folder = folder.path()});
  }
};

}  // namespace

TEST_CASE("two sources in front of one chip give its gain and its zero") {
  const Sources sources(60000);
  expect_error(sources.run("gain"), 4, "no matrices for sources/iron");
  CHECK(sources.run("gain", {"--dry-run"}).status == 4);
  for (const char* stage : {"simulate", "flux", "fit", "matrices"}) {
    const Outcome outcome = sources.run(stage, {"-q"});
    CAPTURE(stage, outcome.err);
    REQUIRE(outcome.status == 0);
  }
  const Outcome outcome = sources.run("gain", {"--json"});
  CAPTURE(outcome.err, outcome.out);
  REQUIRE(outcome.status == 0);
  const auto json = nlohmann::json::parse(outcome.out).at("scans").at(0);
  CHECK(json.at("written") == nlohmann::json{"results/sources/gain.h5"});
  CHECK(json.at("one_baseline") == false);  // each scan has drawn errors of its own
  CHECK(json.at("offset_pulls").at("width").get<double>() == Approx(1.0).margin(0.15));
  CHECK(json.at("K").at("pixels").get<int>() > 300);
  const double gain = 5895.0 / 3.68 / 124.0;
  const auto near = [](const nlohmann::json& found, double truth) {
    return std::abs(found.at("mean").get<double>() - truth) < 5.0 * found.at("mean_error").get<double>();
  };
  CHECK(near(json.at("K"), gain));
  CHECK(near(json.at("offset"), 0.0));
  // the pair energy, and a drift of the baseline by 0.28 DAC for each scan
  const double drift = std::sqrt(2.0) * 0.28 / (169.1448 - 124.0);
  CHECK(json.at("K_common_error").get<double>() == Approx(gain * std::hypot(drift, 0.02 / 3.68)).epsilon(0.01));
  const Stored<SourceGain> stored =
      read_gain(sources.folder.path() / "results/sources/gain.h5",
                {.dataset = "sources", .scan = {}, .descriptor = {}, .options = {}, .inputs_sha256 = {}});
  CHECK(stored.value.gain_means.mean == json.at("K").at("mean").get<double>());

  CHECK_THAT(sources.run("gain").out, Catch::Matchers::StartsWith("sources: up to date"));
  REQUIRE(sources.run("matrices", {"--force", "-q"}).status == 0);  // the same numbers: nothing is stale
  CHECK_THAT(sources.run("gain").out, Catch::Matchers::StartsWith("sources: up to date"));
  std::string text = gain_text;
  text.replace(text.find("8041.2, pair_energy_eV: 3.68"), 28, "8041.2, pair_energy_eV: 3.67");
  write_text(sources.folder.path() / "sources.yaml", text);
  expect_error(sources.run("gain"), 4, "fit.h5 was made with other settings (source.pair_energy_eV: 3.68 in the file");
  for (const char* stage : {"fit", "matrices"}) REQUIRE(sources.run(stage, {"--force", "-q"}).status == 0);
  expect_error(sources.run("gain"), 5, "gain.h5 was made of other matrices. Use --force to overwrite");
}

TEST_CASE("a pipe or an endless device in the place of gain.h5 is not waited for") {
  const Sources sources;
  sources.make({"simulate", "flux", "fit", "matrices"});
  const auto file = sources.folder.path() / "results/sources/gain.h5";
  REQUIRE(mkfifo(file.c_str(), 0600) == 0);
  for (const char* kind : {"pipe", "device"}) {
    CAPTURE(kind);
    const Outcome outcome = sources.run("gain");
    CHECK(outcome.status == 5);
    CHECK_THAT(outcome.err, Catch::Contains("cannot read results/sources/gain.h5 (it is no regular file)"));
    std::filesystem::remove(file);
    std::filesystem::create_symlink("/dev/zero", file);
  }
}

TEST_CASE("a damaged gain.h5 is told, and made anew with --force") {
  const Sources sources;
  sources.make({"simulate", "flux", "fit", "matrices", "gain"});
  const auto file = sources.folder.path() / "results/sources/gain.h5";
  const std::string whole = read_text(file);
  write_text(file, whole.substr(0, whole.size() / 2));
  expect_error(sources.run("gain"), 5, "results/sources/gain.h5 is damaged");
  REQUIRE(sources.run("gain", {"--force"}).status == 0);
  CHECK(read_text(file) == whole);
}

TEST_CASE("velocal-status tells of a gain that is damaged, or of other matrices, and with which command") {
  const Sources sources;
  sources.make({"simulate", "flux", "fit", "matrices", "gain"});
  const auto file = sources.folder.path() / "results/sources/gain.h5";
  CHECK_THAT(sources.run("status").out, Catch::Contains("gain           up to date (results/sources/gain.h5)"));
  const std::string whole = read_text(file);
  write_text(file, whole.substr(0, whole.size() / 2));
  const Outcome damaged = sources.run("status");
  CHECK(damaged.status == 0);
  CHECK_THAT(damaged.out, Catch::Contains("gain           stale: results/sources/gain.h5 is damaged"));
  CHECK_THAT(damaged.out, Catch::Contains("Run velocal-gain sources.yaml --force"));
  write_text(file, whole);
  const auto mask = sources.folder.path() / "data/copper/Module0_VP3-1_Matrix_Mask.csv";
  const std::string pixels = read_text(mask);
  std::filesystem::remove(mask);
  std::filesystem::create_directory(mask);
  CHECK_THAT(sources.run("status").out,
             Catch::Contains("gain           cannot be compared: cannot read data/copper/Module0_VP3-1_Matrix_Mask.csv "
                             "(Is a directory)\n"));
  std::filesystem::remove(mask);
  write_text(mask, pixels);
  REQUIRE(sources.run("fit", {"-q", "--force", "--covariance", "scaled"}).status == 0);
  REQUIRE(sources.run("matrices", {"-q", "--force"}).status == 0);
  CHECK_THAT(sources.run("status").out,
             Catch::Contains("gain           stale: results/sources/gain.h5 was made of other matrices. "
                             "Run velocal-gain sources.yaml --scan iron --scan 'copper foil' --force"));
  const Outcome one =
      test::run("velocal-status", {"sources.yaml", "--scan", "iron"}, {.folder = sources.folder.path()});
  CHECK_THAT(one.out, Catch::Contains("gain.h5 was made of other matrices"));  // it looks at the other scan, too
}

TEST_CASE("two sources with one line, or one source, are refused, and nothing is written") {
  const Sources sources;
  const auto run_with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), "sources.yaml");
    return test::run("velocal-gain", more, {.folder = sources.folder.path()});
  };
  expect_error(run_with({}), 2, "two sources with one line (iron: Fe55 at 5895 eV; iron again: Fe55 at 5895 eV)");
  expect_error(run_with({"--scan", "iron"}), 2, "a straight line takes two sources or more");
  CHECK_FALSE(std::filesystem::exists(sources.folder.path() / "results"));
}

}  // namespace velocal::test
