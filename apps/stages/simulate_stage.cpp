// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/simulate_stage.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "shell/numbers.hpp"
#include "shell/signals.hpp"
#include "stages/chain_step.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/simulate/charge_shares.hpp"
#include "velocal/simulate/draw_truth.hpp"
#include "velocal/simulate/simulate_scan.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/truth_file.hpp"

namespace velocal {
namespace {

std::string baseline_folder(const Session& session, const ScanSettings& scan) {
  return (session.dataset.data_root / *scan.baseline_folder).string();
}

/// Why what lies in the scan's folders may be no scan that was drawn for these results; empty: it is one.
std::string doubt_of(const Session& session, const ScanSettings& scan) {
  const std::filesystem::path path = session.paths(scan).truth();
  if (is_missing(path)) return fmt::format("there is no {}", path.string());
  try {
    const Stored<Truth> before = read_truth(path, provenance_of(session.dataset, scan.label));
    const std::string change = change_since_drawn(session.dataset, scan, before.value, session.threads);
    return change.empty() ? "" : fmt::format("it is not as {} has it: {}", path.string(), change);
  } catch (const InputError& error) {
    const std::string text = error.what();
    return "it cannot be compared: " + text.substr(0, text.find(". "));  // the advice would lead here again
  }
}

/// Measured data cannot be had again: --force replaces only a scan that was drawn for these results before.
void protect_measured_scan(const Session& session, const ScanSettings& scan) {
  const bool any_scan = scan_exists(session.dataset, scan);
  if (!any_scan && !baseline_exists(session.dataset, scan)) return;
  const std::string doubt = doubt_of(session, scan);
  if (doubt.empty()) return;
  if (any_scan) {
    throw OutputError(
        fmt::format("{} holds a scan that was not drawn here", scan_folder(session.dataset, scan).string()), doubt,
        "Choose another folder with --data, or remove the scan yourself");
  }
  throw OutputError(
      fmt::format("{} holds a noise baseline that was not drawn for this scan", baseline_folder(session, scan)), doubt,
      "Give the scan a folder for its own baseline in the descriptor");
}

/// Truth::files of the scan that is replaced.
std::string files_of_before(const Session& session, const ScanSettings& scan) {
  const std::filesystem::path path = session.paths(scan).truth();
  if (is_missing(path) || !scan_exists(session.dataset, scan)) return {};
  return read_truth(path, provenance_of(session.dataset, scan.label)).value.files;
}

std::string drawn_from(const Truth& truth) {
  if (!truth.physics) return "the model F1_0";
  return fmt::format("{:.2g} photons of each of {} lines, cloud {} um", static_cast<double>(drawn_photons),
                     truth.physics->lines.size(), truth.physics->sigma_um);
}

Report simulation_report(const Session& session, const ScanSettings& scan, const Truth& truth) {
  const int files = scan.thresholds.count() * scan.acquisitions.count;
  const auto masked = std::ranges::count(truth.mask, 1);
  const std::string folder = scan_folder(session.dataset, scan).string();
  ReportText text(fmt::format("{}: simulated", session.title(scan)));
  text.line("drawn", fmt::format("{} acquisitions of {} in {}, seed {}", files, scan.shutter.text, folder, truth.seed));
  text.line("truth", fmt::format("{} pixels masked, background {:.3g} hits/s per pixel", masked, truth.background));
  text.line("from", drawn_from(truth));
  return {text.text(), {{"acquisitions", files}, {"folder", folder}, {"seed", truth.seed}, {"masked_pixels", masked}}};
}

}  // namespace

void set_seed(Session& session, const std::string& text) {
  session.seed = parse_number<std::uint64_t>("--seed", text, "a whole number >= 0");
}

Step plan_simulation(const Session& session, const ScanSettings& scan) {
  const int files = scan.thresholds.count() * scan.acquisitions.count;
  draw_truth(session.dataset, scan, session.seed);  // what is wrong is said before another scan is drawn
  Step step;
  step.computes = fmt::format("{} acquisitions from seed {}", files, session.seed);
  step.writes.emplace_back(scan_folder(session.dataset, scan), "the scan", scan_exists(session.dataset, scan));
  if (scan.baseline_folder) {
    step.writes.emplace_back(baseline_folder(session, scan), "its baseline", baseline_exists(session.dataset, scan));
  }
  step.writes.emplace_back(session.paths(scan).truth());
  step.locked = {session.paths(scan).truth(), scan_folder(session.dataset, scan)};
  if (scan.baseline_folder) step.locked.push_back(baseline_folder(session, scan));
  add_result(step, look_at_simulation(chain_of(session, scan), asked_of(session)));
  return step;
}

Report run_simulation(const Session& session, const ScanSettings& scan) {
  protect_measured_scan(session, scan);
  Truth truth = draw_truth(session.dataset, scan, session.seed);
  const auto progress = session.progress(scan);
  DrawnScan drawn(session.dataset, scan, truth, session.threads, *progress);
  truth.files = files_with_those_left(session.dataset, scan, drawn.files(), files_of_before(session, scan));
  Provenance provenance = session.provenance(scan, {});
  provenance.settings = simulation_inputs(session.dataset, scan, session.seed);
  throw_if_interrupted();
  FileTransaction files;
  write_truth(session.paths(scan).truth(), truth, provenance, &files);
  // Data without their truth would pass for measured ones: the truth comes first.
  drawn.place([&] { files.place(); });
  files.synchronise();
  return simulation_report(session, scan, truth);
}

}  // namespace velocal
