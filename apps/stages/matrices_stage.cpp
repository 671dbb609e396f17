// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/matrices_stage.hpp"

#include <fmt/format.h>

#include "shell/required_results.hpp"
#include "stages/matrices_report.hpp"
#include "velocal/calibration/calibration.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/results_collection.hpp"
#include "velocal/store/summary_csv.hpp"
#include "velocal/store/truth_file.hpp"

namespace velocal {
namespace {

/// A simulated scan has a truth file beside its results; a measured one has none.
std::optional<TruthComparison> truth_comparison(const Session& session, const ScanSettings& scan, const ScanFit& fit,
                                                const Calibration& calibration) {
  const std::filesystem::path path = session.paths(scan).truth();
  if (!std::filesystem::exists(path)) return {};
  const Stored<Truth> truth = read_truth(path, provenance_of(session.dataset, scan.label));
  return compare_with_truth(fit, calibration, scan.source, truth.value);
}

}  // namespace

Step plan_matrices(const Session& session, const ScanSettings& scan) {
  const ResultPaths paths = session.paths(scan);
  Step step;
  step.reads.emplace_back(paths.fit());
  step.computes = "target and gain of each pixel and of the ASIC";
  step.writes.emplace_back(paths.matrices());
  step.writes.emplace_back(paths.summary());
  step.writes.emplace_back(paths.collection(), "one row", false);
  return step;
}

Report run_matrices(const Session& session, const ScanSettings& scan) {
  const ResultPaths paths = session.paths(scan);
  const Stored<ScanFit> fit =
      read_fit(require_fit(session.dataset, scan.label, session.group), session.provenance(scan, {}));
  const Calibration calibration = calibrate(fit.value, scan.source);
  const auto truth = truth_comparison(session, scan, fit.value, calibration);
  Provenance provenance = session.provenance(scan, fit.sha256);
  provenance.options = fit.provenance.options;  // velocal-matrices itself overrides nothing
  write_matrices(paths.matrices(), calibration, fit.value, provenance);
  write_summary(paths.summary(), calibration);
  update_results_collection(paths.collection(),
                            collection_row(provenance, scan.shutter.text, fit.value.settings.baseline, calibration));
  return matrices_report(session.title(scan), calibration, truth);
}

}  // namespace velocal
