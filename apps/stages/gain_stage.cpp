// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/gain_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "shell/signals.hpp"
#include "stages/chain_step.hpp"
#include "stages/gain_report.hpp"
#include "velocal/calibration/source_gain.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/core/shell_word.hpp"
#include "velocal/store/calibrated_fit.hpp"
#include "velocal/store/gain_file.hpp"

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

/// `chains`: of all scans, with nothing wrong.
std::string present_inputs(const Session& session, const Chains& chains) {
  std::string list;
  for (const ScanSettings& scan : session.scans) add_input(list, scan, chains.at(scan.label).back().sha256);
  return digest_of(list);
}

/// Why the gain is not what would be made now; empty: it is.
std::string difference_from(const Provenance& made, const Session& session, const Chains& chains) {
  const std::filesystem::path file = session.paths(session.scans.front()).gain();
  if (const auto difference = first_difference(made.settings, inputs_of(session), {})) {
    return fmt::format("{} was made with other settings ({}: {} in the file, {} now)", file.string(), difference->name,
                       difference->in_file, difference->now);
  }
  if (made.inputs_sha256 == present_inputs(session, chains)) return {};
  return fmt::format("{} was made of other matrices", file.string());
}

/// Those of all scans; what is `known` already is not looked at again.
Chains look_at_scans(const Session& session, Chains known) {
  for (const ScanSettings& scan : session.scans) {
    if (known.contains(scan.label)) continue;
    known.emplace(scan.label, look_at_chain(chain_of(session, scan), Stage::matrices));
  }
  return known;
}

/// What is wrong with the results that it is made of; empty: nothing.
std::optional<InputError> obstacle_before(const Session& session, const Chains& chains) {
  for (const ScanSettings& scan : session.scans) {
    if (const auto obstacle = obstacle_in(chain_of(session, scan), chains.at(scan.label))) return obstacle;
  }
  return {};
}

/// Its labels, and what it was made with.
Stored<std::vector<std::string>> present_gain(const Session& session) {
  const ScanSettings& first = session.scans.front();
  return read_gain_labels(session.paths(first).gain(), session.provenance(first, {}));
}

/// A damaged one is made anew with --force.
void compare_with_present(Step& step, const Session& session, const Chains& chains) {
  try {
    step.stale = difference_from(present_gain(session).provenance, session, chains);
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
  }
  require_different_lines(lines);
  const Chains chains = look_at_scans(session, {});
  step.obstacle = obstacle_before(session, chains);
  step.computes = fmt::format("gain and zero of each pixel from {} sources", lines.size());
  step.writes.emplace_back(session.paths(first).gain());
  if (!step.obstacle && step.writes.front().exists) compare_with_present(step, session, chains);
  return step;
}

std::optional<StaleGain> stale_gain(const Session& session, const Chains& known) {
  StaleGain stale;
  try {
    const auto gain = present_gain(session);
    Session same = session;
    same.scans = chosen_scans(session.dataset, gain.value);
    for (const std::string& label : gain.value) stale.options += " --scan " + shell_word(label);
    const Chains chains = look_at_scans(same, known);
    const auto obstacle = obstacle_before(same, chains);
    stale.comparable = std::ranges::all_of(same.scans, [&](const ScanSettings& scan) {
      return std::ranges::all_of(chains.at(scan.label), &StageResult::comparable);
    });
    stale.reason = obstacle ? obstacle->what() : difference_from(gain.provenance, same, chains);
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
