// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/fit_stage.hpp"

#include <fmt/format.h>

#include "shell/signals.hpp"
#include "stages/chain_step.hpp"
#include "stages/fit_doubts.hpp"
#include "stages/fit_report.hpp"
#include "stages/losses.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/store/companions.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/tables/mask_csv.hpp"

namespace velocal {

namespace {

/// Beside fit.h5; a mask of an earlier fit must not stay where there is none now.
void add_noisy_mask(const std::filesystem::path& path, const ScanFit& fit, FileTransaction& files) {
  if (const auto mask = noisy_mask(fit.pixels)) {
    write_mask(path, *mask, &files);
  } else {
    files.remove(path);
  }
}

void warn_of_noisy_pixels(const Session& session, const ScanSettings& scan, const ScanFit& fit) {
  if (!noisy_mask(fit.pixels)) return;
  session.console.warning(fmt::format(
      "{}: some pixels count on far above the line and are cut. {} masks them, too; put it in the place of the scan's "
      "mask",
      session.title(scan), session.paths(scan).noisy_mask().string()));
}

}  // namespace

Step plan_fit(const Session& session, const ScanSettings& scan) {
  const FitSettings& fit = session.dataset.fit;
  Step step;
  step.reads.emplace_back(session.paths(scan).flux());
  step.computes = fmt::format("fits of {}, statistic {}, covariance {}, start {}, baseline {}", fit.model,
                              fit.statistic, to_string(fit.covariance), to_string(fit.start), to_string(fit.baseline));
  step.writes.emplace_back(session.paths(scan).fit());
  const PlannedFile mask(session.paths(scan).noisy_mask());
  if (mask.exists && !step.writes.front().exists) step.writes.push_back(mask);  // somebody else's
  add_chain(step, session, scan, Stage::fit);
  return step;
}

Report run_fit(const Session& session, const ScanSettings& scan) {
  const ResultPaths paths = session.paths(scan);
  const Stored<FluxCube> flux = read_flux(paths.flux(), provenance_of(session.dataset, scan.label));
  const auto progress = session.progress(scan);
  const FitOptions options{.group = session.group, .engine = session.engine, .threads = session.threads};
  const ScanFit fit = fit_scan(flux.value, scan, session.dataset.fit, options, *progress);
  for (const std::string& doubt : doubts_of(fit, scan)) {
    session.console.warning(fmt::format("{}: {}", session.title(scan), doubt));
  }
  throw_if_interrupted();
  Provenance provenance = session.provenance(scan, flux.sha256);
  provenance.settings = flux.provenance.settings + fit_inputs(session.dataset, scan, session.engine);
  FileTransaction files;
  add_noisy_mask(paths.noisy_mask(), fit, files);
  provenance.companions = companions_of(paths.fit().parent_path(), files);
  write_fit(paths.fit(), fit, provenance, &files);
  files.commit();
  warn_of_noisy_pixels(session, scan, fit);
  Report report = fit_report(session.title(scan), fit);
  const StatusCounts counts = count_statuses(fit.pixels);
  report.loss = loss_of_pixels(session, scan, {counts.good, counts.live()}, "good fit");
  return report;
}

}  // namespace velocal
