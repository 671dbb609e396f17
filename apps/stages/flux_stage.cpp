// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/flux_stage.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "shell/signals.hpp"
#include "stages/chain_step.hpp"
#include "stages/flux_report.hpp"
#include "stages/losses.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/shell_word.hpp"
#include "velocal/flux/accumulate_flux.hpp"
#include "velocal/flux/flux_from_csv.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/required_files.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/given_baseline.hpp"
#include "velocal/store/output/file_sums.hpp"

namespace velocal {
namespace {

std::vector<int> thresholds_without_live_time(const FluxCube& cube) {
  std::vector<int> thresholds;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    if (cube.acquisitions[t].good == 0) thresholds.push_back(cube.threshold[t]);
  }
  return thresholds;
}

void warn_of_losses(const Session& session, const ScanSettings& scan, const FluxCube& cube) {
  if (!cube.mask_found) {
    session.console.warning(fmt::format("{}: no mask ({}). No pixel is masked", session.title(scan),
                                        mask_path(session.dataset, scan).string()));
  }
  const std::vector<int> lost = thresholds_without_live_time(cube);
  if (!lost.empty()) {
    session.console.warning(fmt::format("{}: {} of {} thresholds have no good acquisition ({})", session.title(scan),
                                        lost.size(), cube.threshold_count(), fmt::join(lost, ", ")));
  }
}

void warn_of_missing(const Session& session, const ScanSettings& scan, const MissingAcquisitions& lost) {
  if (lost.missing.empty()) return;
  session.console.warning(fmt::format("{}: {} of {} acquisitions are missing, and count as rejected:{}",
                                      session.title(scan), lost.missing.size(), lost.wanted,
                                      first_names(session.dataset, scan, lost)));
}

/// The scan with the missing acquisitions rejected. When there is none at all, nothing can go on: they stay wanted.
ScanSettings without(ScanSettings scan, const MissingAcquisitions& lost) {
  if (lost.missing.size() == lost.wanted) return scan;
  scan.reject.acquisitions.insert(scan.reject.acquisitions.end(), lost.missing.begin(), lost.missing.end());
  return scan;
}

/// The errors of the whole ASIC's flux take both of its files.
void warn_of_lone_file(const Session& session, const ScanSettings& scan) {
  std::vector<std::string> there;
  for (const std::string_view quantity : {csv_quantity::asic_flux, csv_quantity::asic_flux_error}) {
    const std::string name = asic_csv_name(quantity, session.dataset, scan);
    if (!is_missing(std::filesystem::path(session.from_csv) / name)) there.push_back(name);
  }
  if (there.size() == 1) {
    session.console.warning(
        fmt::format("{}: {} is there alone, and is not used: the errors of the ASIC's flux are √N/L",
                    session.title(scan), there.front()));
  }
}

/// Reads the baseline first where it is a result.
FluxCube accumulate(const Session& session, const ScanSettings& scan, Progress& progress) {
  const Dataset& dataset = session.dataset;
  const std::optional<GivenBaseline> given = given_baseline(dataset, scan);
  if (!session.from_csv.empty()) {
    warn_of_lone_file(session, scan);
    return flux_from_csv(session.from_csv, dataset, scan, given, session.threads, progress,
                         compared_with_sums(session.from_csv));
  }
  if (!given) return accumulate_flux(dataset, scan, session.threads, progress);
  return accumulate_flux(dataset, scan, *given, session.threads, progress);
}

/// Fluxes do not show it.
void warn_of_counter(const Session& session, const ScanSettings& scan) {
  if (session.from_csv.empty() || scan.counter != counter_automatic) return;
  session.console.warning(fmt::format(
      "{}: fluxes do not tell whether a pixel's counter was full. Name its end in the descriptor where there "
      "is one (counter: 63)",
      session.title(scan)));
}

void require_no_keep_going(const Session& session) {
  if (session.from_csv.empty() || !session.keep_going) return;
  throw UsageError("--keep-going does not go with --from-csv", "the files of a threshold are there or not",
                   "Reject the acquisitions of thresholds without files in the descriptor (reject.acquisitions)");
}

void add_acquisitions(Step& step, const Session& session, const ScanSettings& scan) {
  const int thresholds = scan.thresholds.count();
  if (session.from_csv.empty()) {
    step.reads.emplace_back(scan_folder(session.dataset, scan),
                            fmt::format("{} acquisitions", thresholds * scan.acquisitions.count));
    step.computes = fmt::format("flux at {} thresholds from {} acquisitions of {} each", thresholds,
                                scan.acquisitions.count, scan.shutter.text);
  } else {
    step.reads.emplace_back(std::filesystem::path(session.from_csv),
                            fmt::format("{} files of fluxes", flux_csv_names(session.dataset, scan).size()));
    step.computes =
        fmt::format("hits at {} thresholds from their fluxes, in acquisitions of {}", thresholds, scan.shutter.text);
  }
}

/// What reading would find to be missing; empty: nothing, or nothing is to be read.
std::optional<InputError> missing_inputs(const Session& session, const ScanSettings& scan, const Step& step) try {
  const bool due = session.force || !step.up_to_date;
  if (!due || session.keep_going) return {};
  if (!session.from_csv.empty()) {
    require_flux_csv(session.from_csv, session.dataset, scan);
  } else if (!is_archive(scan_folder(session.dataset, scan))) {
    require_acquisitions(session.dataset, scan);
  }
  return {};
} catch (const InputError& error) {
  return error;
}

/// A result records the folder among its options and settings, which are lines of "--name value".
void require_recordable(const std::string& folder) {
  const bool has_control = std::ranges::any_of(folder, [](unsigned char letter) { return std::iscntrl(letter) != 0; });
  if (!has_control && folder.find(" --") == folder.npos) return;
  throw UsageError(fmt::format("--from-csv: a result cannot record the folder {}", shell_word(folder)),
                   has_control ? "its name has a line break, or the like" : "its name has a blank before --",
                   "Rename it, or name a link to it");
}

}  // namespace

Step plan_flux(const Session& session, const ScanSettings& scan) {
  require_no_keep_going(session);
  Step step;
  add_acquisitions(step, session, scan);
  step.reads.emplace_back(mask_path(session.dataset, scan), "mask");
  step.reads.back().needed = false;
  if (scan.baseline_folder) {
    const auto folder = session.dataset.data_root / *scan.baseline_folder;
    step.reads.emplace_back(baseline_path(folder, session.dataset.asic, scan.baseline_kind), "baseline");
    step.reads.emplace_back(baseline_width_path(folder, session.dataset.asic, scan.baseline_kind),
                            "the baseline's width");
  }
  if (scan.baseline_file) step.reads.emplace_back(session.dataset.results_root / *scan.baseline_file, "baseline");
  step.writes.emplace_back(session.paths(scan).flux());
  add_chain(step, session, scan, Stage::flux);
  step.missing = missing_inputs(session, scan, step);
  return step;
}

ProgramOption from_csv_option() {
  return {.name = "from-csv",
          .placeholder = "DIR",
          .description =
              "take the fluxes in this folder (Fluxperpixel_..., as velocal-export writes them) instead of "
              "the acquisitions",
          .apply = [](Session& session, const std::string& folder) {
            if (folder.empty()) throw UsageError("--from-csv: must be a folder, got nothing");
            require_recordable(folder);
            session.from_csv = folder;
          }};
}

ProgramOption keep_going_option() {
  return {.name = "keep-going",
          .placeholder = "",
          .description = "go on without acquisitions that are missing; ends with 6 when there are more than allowed",
          .apply = [](Session& session, const std::string&) { session.keep_going = true; },
          .recorded = false};
}

Report run_flux(const Session& session, const ScanSettings& scan) {
  const auto progress = session.progress(scan);
  const MissingAcquisitions lost =
      session.keep_going ? missing_acquisitions(session.dataset, scan) : MissingAcquisitions{};
  const ScanSettings found = without(scan, lost);
  warn_of_missing(session, scan, lost);
  const FluxCube cube = accumulate(session, found, *progress);
  warn_of_losses(session, scan, cube);
  warn_of_counter(session, scan);
  throw_if_interrupted();
  Provenance provenance = session.provenance(scan, cube.inputs_sha256);
  provenance.settings = flux_inputs(session.dataset, scan, session.from_csv);
  write_flux(session.paths(scan).flux(), cube, provenance);
  Report report = flux_report(session.title(scan), cube);
  if (session.keep_going) {
    report.json["missing_acquisitions"] = lost.missing.size();
    report.loss = loss_of_acquisitions(session, scan, lost.missing.size(), lost.wanted);
  }
  return report;
}

}  // namespace velocal
