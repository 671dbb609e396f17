// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/fit_stage.hpp"

#include <fmt/format.h>

#include "shell/signals.hpp"
#include "stages/chain_step.hpp"
#include "stages/fit_report.hpp"
#include "stages/losses.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"

namespace velocal {

namespace {

void warn_of_doubts(const Session& session, const ScanSettings& scan, const ScanFit& fit) {
  if (fit.background_assumed) {
    session.console.warning(fmt::format(
        "{}: the scan ends too near the photon line to tell the background. {:.2g} hits/s per pixel are assumed; set "
        "background of fit in the descriptor where it is known",
        session.title(scan), fit.background));
  }
}

}  // namespace

Step plan_fit(const Session& session, const ScanSettings& scan) {
  const FitSettings& fit = session.dataset.fit;
  Step step;
  step.reads.emplace_back(session.paths(scan).flux());
  step.computes = fmt::format("fits of {}, statistic {}, covariance {}, start {}, baseline {}", fit.model,
                              fit.statistic, to_string(fit.covariance), to_string(fit.start), to_string(fit.baseline));
  step.writes.emplace_back(session.paths(scan).fit());
  add_chain(step, session, scan, Stage::fit);
  return step;
}

Report run_fit(const Session& session, const ScanSettings& scan) {
  const ResultPaths paths = session.paths(scan);
  const Stored<FluxCube> flux = read_flux(paths.flux(), provenance_of(session.dataset, scan.label));
  const auto progress = session.progress(scan);
  const FitOptions options{.group = session.group, .engine = session.engine, .threads = session.threads};
  const ScanFit fit = fit_scan(flux.value, scan, session.dataset.fit, options, *progress);
  warn_of_doubts(session, scan, fit);
  throw_if_interrupted();
  Provenance provenance = session.provenance(scan, flux.sha256);
  provenance.settings = flux.provenance.settings + fit_inputs(session.dataset, scan, session.engine);
  write_fit(paths.fit(), fit, provenance);
  Report report = fit_report(session.title(scan), fit);
  const StatusCounts counts = count_statuses(fit.pixels);
  report.loss = loss_of_pixels(session, scan, {counts.good, counts.live()}, "good fit");
  return report;
}

}  // namespace velocal
