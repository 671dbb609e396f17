// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/fit_stage.hpp"

#include <fmt/format.h>

#include "shell/required_results.hpp"
#include "shell/signals.hpp"
#include "stages/fit_doubts.hpp"
#include "stages/fit_report.hpp"
#include "stages/same_scan.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/mask_csv.hpp"

namespace velocal {

namespace {

/// Beside fit.h5; a mask of an earlier fit must not stay where there is none now.
void write_noisy_mask(const Session& session, const ScanSettings& scan, const ScanFit& fit) {
  const std::filesystem::path path = session.paths(scan).noisy_mask();
  const auto mask = noisy_mask(fit.pixels);
  std::error_code ignored;
  if (!mask) {
    std::filesystem::remove(path, ignored);
    return;
  }
  write_mask(path, *mask);
  session.console.warning(fmt::format(
      "{}: some pixels count on far above the line and are cut. {} masks them, too; put it in the place of the scan's "
      "mask",
      session.title(scan), path.string()));
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
  for (const std::string& doubt : doubts_of(fit, scan)) {
    session.console.warning(fmt::format("{}: {}", session.title(scan), doubt));
  }
  throw_if_interrupted();
  write_fit(paths.fit(), fit, session.provenance(scan, flux.sha256));
  write_noisy_mask(session, scan, fit);
  return fit_report(session.title(scan), fit);
}

}  // namespace velocal
