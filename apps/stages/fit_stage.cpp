// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/fit_stage.hpp"

#include <fmt/format.h>

#include "shell/required_results.hpp"
#include "shell/signals.hpp"
#include "stages/fit_report.hpp"
#include "stages/same_scan.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"

namespace velocal {

namespace {

/// Errors are 5 % too small or more, and that is no chance.
bool doubtful(Uncertain dispersion) {
  return dispersion.value >= 1.1 && dispersion.value > 1.0 + 3.0 * dispersion.error;
}

void warn_of_doubts(const Session& session, const ScanSettings& scan, const ScanFit& fit) {
  if (fit.background_assumed) {
    session.console.warning(fmt::format(
        "{}: the scan ends too near the photon line to tell the background. {:.2g} hits/s per pixel are assumed; set "
        "background of fit in the descriptor where it is known",
        session.title(scan), fit.background));
  }
  const FullCounters full = full_counters(fit);
  if (full.cut + full.others > 0) {
    session.console.warning(fmt::format(
        "{}: the pixels' counters are full at {} hits. {} pixels are cut as saturated, and {} others lose the "
        "thresholds where theirs is full; a shorter shutter keeps them",
        session.title(scan), fit.counter, full.cut, full.others));
  }
  const Covariance covariance = session.dataset.fit.covariance;
  if (doubtful(fit.dispersion) && covariance != Covariance::dispersed) {
    session.console.warning(fmt::format(
        "{}: the counts vary {:.2f} times as much as single photons let them. Uncertainties are too small, and "
        "good pixels are taken for bad; set covariance: dispersed of fit in the descriptor",
        session.title(scan), fit.dispersion.value));
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
  return step;
}

Report run_fit(const Session& session, const ScanSettings& scan) {
  const ResultPaths paths = session.paths(scan);
  const Stored<FluxCube> flux =
      read_flux(require_flux(session.dataset, scan.label), provenance_of(session.dataset, scan.label));
  require_same_scan(flux.value, session, scan);
  const auto progress = session.progress(scan);
  const FitOptions options{.group = session.group, .engine = session.engine, .threads = session.threads};
  const ScanFit fit = fit_scan(flux.value, scan, session.dataset.fit, options, *progress);
  warn_of_doubts(session, scan, fit);
  throw_if_interrupted();
  write_fit(paths.fit(), fit, session.provenance(scan, flux.sha256));
  return fit_report(session.title(scan), fit);
}

}  // namespace velocal
