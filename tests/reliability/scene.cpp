// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "faults.hpp"
#include "support/files.hpp"
#include "support/noise_files.hpp"
#include "support/temporary_folder.hpp"
#include "workers.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

const std::vector<Program> programs{
    {.name = "simulate", .arguments = {"--scan", "iron"}, .witness = Witness::status, .places_one_by_one = true},
    {.name = "baseline", .arguments = {}, .witness = Witness::status},
    {.name = "flux", .arguments = {"--scan", "iron"}, .witness = Witness::status},
    {.name = "fit", .arguments = {"--scan", "iron"}, .witness = Witness::status},
    {.name = "matrices", .arguments = {"--scan", "iron"}, .witness = Witness::status},
    {"gain", {}},
    {.name = "recipe", .arguments = {"--scan", "iron", "--charge", "1000"}, .witness = Witness::status},
    {.name = "export", .arguments = {"--scan", "iron", "--what", "matrices"}, .witness = Witness::sums},
    {"plot", {"--scan", "iron", "--param", "K"}, "distribution"},
    {.name = "report", .arguments = {}, .share = 0.1, .tells_all = true},
    {.name = "status", .arguments = {}, .tells_all = true},
    {"pack", {"--scan", "iron"}},
    {.name = "detector",
     .arguments = {},
     .descriptor = "many.yaml",
     .needs = {"flux", "fit", "matrices"},
     .witness = Witness::itself,
     .tells_all = true},
};

namespace {

/// What is different in the results that are there before is the target of the pixels, and how the noise is estimated.
constexpr auto descriptor = R"(velocal: 1
name: small
asic: Module0_VP3-1
data: data
results: results
noise: {{folder: noise, estimator: {estimator}}}
fit: {{model: F1_0, statistic: neyman, covariance: absolute}}
scans:
  - label: iron
    folder: iron
    source: {{photon_energy_eV: 5895, pair_energy_eV: 3.68, pair_energy_uncertainty_eV: 0.02}}
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {{from: 1510, to: 1590, step: 8}}
    baseline: {{folder: equalisation_iron}}
    simulation: &simulation
      target: {{mean: {target}, spread: 0}}
      baseline: {{mean: 1425, spread: 0}}
      spot: {{floor: 1}}
      masked_pixels: 65400
      pixels_without_baseline: 5
  - label: copper
    folder: copper
    source: {{photon_energy_eV: 8041.2, pair_energy_eV: 3.68, pair_energy_uncertainty_eV: 0.02}}
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {{from: 1550, to: 1640, step: 9}}
    baseline: {{folder: equalisation_copper}}
    simulation:
      target: {{mean: 169, spread: 0}}
      baseline: {{mean: 1425, spread: 0}}
      spot: {{floor: 1}}
      masked_pixels: 65400
      pixels_without_baseline: 5
)";

/// The same chip, and one that nobody has measured.
constexpr auto detector_descriptor = R"(velocal: 1
extends: small.yaml
name: many
asic: ~
asics: [Module0_VP3-1, Module0_VP3-2]
overrides: {Module0_VP3-2: {skip: "no data"}}
)";

constexpr auto csv_folder = "results/small/iron/csv";
constexpr NoiseSweep sweep{1400, 6, 25};

Tree inputs(const std::string& estimator, double target) {
  const TemporaryFolder folder;
  const DrawnEqualisation drawn = drawn_equalisation();
  write_noise_scan(folder.path() / "data/noise", {"Module0_VP3-1", "Trim0", sweep}, drawn.trim0, 1);
  write_noise_scan(folder.path() / "data/noise", {"Module0_VP3-1", "TrimF", sweep}, drawn.trimF, 2);
  Tree tree = read_tree(folder.path());
  tree["small.yaml"] = fmt::format(descriptor, fmt::arg("estimator", estimator), fmt::arg("target", target));
  tree["many.yaml"] = std::string(detector_descriptor);
  return tree;
}

/// Trees before the first program, after it, after the second, ...; both scans have been through each.
std::vector<Tree> run_all(const Scene& scene, const Tree& begin, const fs::path& folder) {
  std::vector<Tree> trees{begin};
  restore(folder, begin);
  for (const Program& program : programs) {
    for (const std::string& earlier : program.needs) {
      run_well(scene.command({.name = earlier, .arguments = {}, .descriptor = program.descriptor}, folder));
      trees.back() = read_tree(folder);
    }
    Command command = scene.command(program, folder);
    for (std::string& argument : command.arguments) {
      if (argument != "iron") continue;
      Command other = command;
      other.arguments[static_cast<std::size_t>(&argument - command.arguments.data())] = "copper";
      run_well(other);
    }
    run_well(command);
    trees.push_back(read_tree(folder));
  }
  return trees;
}

}  // namespace

Scene::Scene(fs::path program_folder, fs::path scratch)
    : program_folder_(std::move(program_folder)), scratch_(std::move(scratch)) {}

const Scene& Scene::made() const {
  std::call_once(made_, [this] { make(); });
  return *this;
}

void Scene::make() const {
  std::array<std::vector<Tree>, 2> trees;
  for_each_task(*this, trees.size(), [&](std::size_t task, const fs::path& folder) {
    trees[task] = run_all(*this, task == 0 ? inputs("censored", 126.0) : inputs("moments", 124.0), folder);
  });
  const auto& [older, newer] = trees;
  complete_ = newer.back();
  cases_.resize(2 * programs.size());
  for_each_task(*this, cases_.size(), [&](std::size_t task, const fs::path& folder) {
    const std::size_t number = task / 2;
    const bool is_first = task % 2 == 0;
    Tree before = newer[number];
    if (!is_first) before.insert(older[number + 1].begin(), older[number + 1].end());  // only what is not there
    cases_[task] = case_of(programs[number], is_first ? "first" : "again", std::move(before), folder);
  });
}

Case Scene::case_of(const Program& program, const std::string& kind, Tree before, const fs::path& folder) const {
  restore(folder, before);
  const Ended ended = run_well(command(program, folder));
  Tree after = read_tree(folder);
  const std::string witnessed = program.witness == Witness::none ? "" : run(witness(program, folder)).out;
  restore(folder, before);
  Command counted = command(program, folder);
  const fs::path report = folder.parent_path() / "report";
  counted.environment = environment_to_count(report);
  run_well(counted);
  if (read_tree(folder) != after) throw std::runtime_error(program.name + " makes other files each time");
  return {.program = &program,
          .title = fmt::format("{}, {}", program.name, kind),
          .before = std::move(before),
          .after = std::move(after),
          .out = ended.out,
          .witnessed = witnessed,
          .seconds = ended.seconds,
          .calls = calls_in(report)};
}

Command Scene::witness(const Program& program, const fs::path& folder) const {
  if (program.witness == Witness::sums) {
    return {.program = "/usr/bin/sha256sum", .arguments = {"--check", "SHA256SUMS"}, .folder = folder / csv_folder};
  }
  if (program.witness == Witness::itself) {
    return {.program = program_folder_ / ("velocal-" + program.name),
            .arguments = {program.descriptor, "--dry-run"},
            .folder = folder};
  }
  return {.program = program_folder_ / "velocal-status", .arguments = {program.descriptor}, .folder = folder};
}

Command Scene::command(const Program& program, const fs::path& folder) const {
  std::vector<std::string> arguments{program.descriptor, "--force", "--threads", "2"};
  if (!program.word.empty()) arguments.insert(arguments.begin(), program.word);
  arguments.insert(arguments.end(), program.arguments.begin(), program.arguments.end());
  return {.program = program_folder_ / ("velocal-" + program.name), .arguments = arguments, .folder = folder};
}

}  // namespace velocal::test
