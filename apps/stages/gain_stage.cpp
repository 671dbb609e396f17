// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/gain_stage.hpp"

#include <fmt/format.h>

#include <span>

#include "shell/signals.hpp"
#include "stages/chain_step.hpp"
#include "stages/gain_report.hpp"
#include "velocal/calibration/source_gain.hpp"
#include "velocal/core/sha256.hpp"
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

/// Nothing where it is damaged, which the step then says: it is made anew with --force.
std::optional<Provenance> present_provenance(Step& step, const Session& session, const ScanSettings& scan) try {
  return read_gain(session.paths(scan).gain(), session.provenance(scan, {})).provenance;
} catch (const InputError& error) {
  step.stale = error.what();
  return {};
}

/// Compares a gain.h5 that is there with what would be made now.
void compare_with_present(Step& step, const Session& session, const ScanSettings& scan) {
  const std::filesystem::path file = session.paths(scan).gain();
  const auto made = present_provenance(step, session, scan);
  if (!made) return;
  const auto difference = first_difference(made->settings, inputs_of(session), {});
  if (difference) {
    step.stale = fmt::format("{} was made with other settings ({}: {} in the file, {} now)", file.string(),
                             difference->name, difference->in_file, difference->now);
  } else if (made->inputs_sha256 != present_inputs(session)) {
    step.stale = fmt::format("{} was made of other matrices", file.string());
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
  if (!step.obstacle && step.writes.front().exists) compare_with_present(step, session, first);
  return step;
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
