// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/gain_stage.hpp"

#include <fmt/format.h>

#include <span>

#include "shell/signals.hpp"
#include "stages/chain_step.hpp"
#include "stages/gain_report.hpp"
#include "velocal/calibration/source_gain.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/core/shell_word.hpp"
#include "velocal/store/calibrated_fit.hpp"
#include "velocal/store/gain_file.hpp"
#include "velocal/store/result_record.hpp"

namespace velocal {
namespace {

SourceLine source_line(const ScanSettings& scan) {
  const PhotonSource source = photon_source(scan.source, scan.sensor);
  return {scan.label, source.name, source.energy_eV, source.pairs()};
}

StageInputs inputs_of(const Session& session) {
  std::vector<std::string> labels;
  for (const ScanSettings& scan : session.scans) labels.push_back(scan.label);
  return gain_inputs(session.dataset, labels);
}

/// Adds a scan's matrices to the list of what the gain is made of.
void add_input(std::string& list, const ScanSettings& scan, const std::string& sha256) {
  list += fmt::format("{} {}\n", sha256, scan.label);
}

std::string digest_of(const std::string& list) {
  return sha256_hex(std::as_bytes(std::span(list)));
}

std::string present_inputs(const Session& session) {
  std::string list;
  for (const ScanSettings& scan : session.scans) {
    const auto record =
        read_record(ResultFileKind::matrices, session.paths(scan).matrices(), session.provenance(scan, {}));
    add_input(list, scan, record.sha256);
  }
  return digest_of(list);
}

/// Why the gain is not what would be made now; empty: it is.
std::string difference_from(const Provenance& made, const Session& session) {
  const std::filesystem::path file = session.paths(session.scans.front()).gain();
  if (const auto difference = first_difference(made.settings, inputs_of(session), {})) {
    return fmt::format("{} was made with other settings ({}: {} in the file, {} now)", file.string(), difference->name,
                       difference->in_file, difference->now);
  }
  return made.inputs_sha256 == present_inputs(session) ? ""
                                                       : fmt::format("{} was made of other matrices", file.string());
}

/// What is wrong with the results that it is made of; empty: nothing.
std::string problem_before(const Session& session) {
  for (const ScanSettings& scan : session.scans) {
    const ChainOf of = chain_of(session, scan);
    if (const auto obstacle = obstacle_in(of, look_at_chain(of, Stage::matrices))) return obstacle->what();
  }
  return {};
}

Stored<SourceGain> present_gain(const Session& session) {
  const ScanSettings& first = session.scans.front();
  return read_gain(session.paths(first).gain(), session.provenance(first, {}));
}

/// A damaged one is made anew with --force.
void compare_with_present(Step& step, const Session& session) {
  try {
    step.stale = difference_from(present_gain(session).provenance, session);
  } catch (const InputError& error) {
    step.stale = error.what();
  }
  step.up_to_date = step.stale.empty();
}

}  // namespace

Step plan_gain(const Session& session, const ScanSettings& first) {
  std::vector<SourceLine> lines;
  Step step;
  for (const ScanSettings& scan : session.scans) {
    lines.push_back(source_line(scan));
    step.reads.emplace_back(session.paths(scan).fit());
    step.reads.emplace_back(session.paths(scan).matrices());
    const ChainOf of = chain_of(session, scan);
    if (!step.obstacle) step.obstacle = obstacle_in(of, look_at_chain(of, Stage::matrices));
  }
  require_different_lines(lines);
  step.computes = fmt::format("gain and zero of each pixel from {} sources", lines.size());
  step.writes.emplace_back(session.paths(first).gain());
  if (!step.obstacle && step.writes.front().exists) compare_with_present(step, session);
  return step;
}

std::optional<StaleGain> stale_gain(const Session& session) {
  StaleGain stale;
  try {
    const Stored<SourceGain> gain = present_gain(session);
    std::vector<std::string> labels;
    for (const SourceLine& line : gain.value.lines) labels.push_back(line.label);
    Session same = session;
    same.scans = chosen_scans(session.dataset, labels);
    for (const std::string& label : labels) stale.options += " --scan " + shell_word(label);
    stale.reason = problem_before(same);
    if (stale.reason.empty()) stale.reason = difference_from(gain.provenance, same);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::input && error.kind() != ErrorKind::usage) throw;
    stale.reason = error.what();
  }
  if (stale.reason.empty()) return {};
  return stale;
}

Report run_gain(const Session& session, const ScanSettings& first) {
  std::vector<LineTargets> targets;
  std::string inputs;
  for (const ScanSettings& scan : session.scans) {
    throw_if_interrupted();
    const ResultPaths paths = session.paths(scan);
    const Provenance expected = session.provenance(scan, {});
    const CalibratedFit read = read_calibrated_fit(paths, expected);
    targets.push_back(line_targets(source_line(scan), read.fit.value, read.matrices.value));
    add_input(inputs, scan, read.matrices.sha256);
  }
  const SourceGain gain = source_gain(targets, session.dataset.fit.significance);
  Provenance provenance = session.provenance(first, digest_of(inputs));
  provenance.settings = inputs_of(session);
  write_gain(session.paths(first).gain(), gain, provenance);
  return gain_report(session.dataset.name, gain);
}

}  // namespace velocal
