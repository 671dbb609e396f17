// SPDX-License-Identifier: GPL-3.0-or-later
#include "two_scans.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <stdexcept>

#include "run_once.hpp"
#include "support/files.hpp"
#include "velocal/plot/gnuplot/render.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

namespace {

constexpr auto two_scans_text = R"(velocal: 1
name: two
asic: Module0_VP3-1
data: data
results: results
fit: {statistic: poisson, covariance: absolute, start: auto}
scans:
  - label: warm
    folder: warm
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {from: 1520, to: 1580, step: 2}
    reject: {last_column_mean: 18.34765625}
    baseline: {folder: equalisation_warm}
    simulation: {spot: {floor: 1}, masked_pixels: 63500}
  - label: cold
    folder: cold
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {from: 1520, to: 1580, step: 2}
    reject: {last_column_mean: 18.34765625}
    baseline: {folder: equalisation_cold}
    simulation: {spot: {floor: 1}, masked_pixels: 63500, target: {mean: 128, spread: 5}}
)";

}  // namespace

bool gnuplot_is_there() {
  if (std::system("command -v gnuplot >/dev/null") == 0) return true;
  WARN("SKIPPED: there is no gnuplot");
  return false;
}

TwoScans::TwoScans(const std::vector<std::string>& stages) {
  write_text(folder() / "two.yaml", two_scans_text);
  write_text(folder() / "variant.yaml", "velocal: 1\nextends: two.yaml\nname: variant\nfit: {model: FAB_0}\n");
  std::vector<std::vector<std::string>> commands;
  for (const std::string& stage : stages) commands.push_back({"velocal-" + stage, "two.yaml", "-q"});
  run_once(folder(), commands);
}

void TwoScans::make(const std::string& stage, std::vector<std::string> arguments) const {
  arguments.push_back("-q");
  const Outcome outcome = test::run("velocal-" + stage, arguments, {.folder = folder()});
  if (outcome.status != 0) throw std::runtime_error("velocal-" + stage + ": " + outcome.err);
}

Outcome TwoScans::plot(const std::vector<std::string>& arguments, Surroundings surroundings) const {
  surroundings.folder = folder();
  return test::run("velocal-plot", arguments, surroundings);
}

Provenance warm_of(const std::string& dataset) {
  Provenance provenance;
  provenance.dataset = dataset;
  provenance.scan = "warm";
  return provenance;
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

void check_pictures(const fs::path& folder, PictureFormat format) {
  for (const std::string& name : names_in(folder)) {
    if (!name.ends_with("." + std::string(format_name(format)))) continue;
    CAPTURE(name);
    const std::string contents = read_text(folder / name);
    CHECK(is_complete_picture(contents, format));
    CHECK(contents.size() > 4000);
  }
}

void expect_error(const Outcome& outcome, int status, const std::string& message) {
  CAPTURE(message);
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Catch::Matchers::Contains(message));
}

}  // namespace velocal::test
