// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/matrices_stage.hpp"

#include <fmt/format.h>

#include "stages/chain_step.hpp"
#include "stages/losses.hpp"
#include "stages/matrices_report.hpp"
#include "velocal/calibration/calibration.hpp"
#include "velocal/calibration/distance_gain.hpp"
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

bool has_gain(const Calibration& calibration) {
  return calibration.gain_means.pixels > 0;
}

/// matrices.h5 has the numbers. What was made beside it may have been taken away.
void require_companions(Step& step, const Session& session, const ScanSettings& scan) {
  const ResultPaths paths = session.paths(scan);
  const Stored<Calibration> stored = read_matrices(paths.matrices(), session.provenance(scan, {}));
  const CollectionRow row = collection_row(stored.provenance, scan.shutter.text, {}, stored.value);
  const bool has_row = !has_gain(stored.value) || has_collection_row(paths.collection(), row);
  const std::filesystem::path missing = !std::filesystem::exists(paths.summary()) ? paths.summary()
                                        : has_row                                 ? ""
                                                                                  : paths.collection();
  if (missing.empty()) return;
  step.up_to_date = false;
  step.stale = fmt::format("{} is up to date, but not its part of {}", paths.matrices().string(), missing.string());
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
  add_chain(step, session, scan, Stage::matrices);
  if (step.up_to_date) require_companions(step, session, scan);
  return step;
}

Report run_matrices(const Session& session, const ScanSettings& scan) {
  const ResultPaths paths = session.paths(scan);
  const Stored<ScanFit> fit = read_fit(paths.fit(), session.provenance(scan, {}));
  const Calibration calibration = calibrate(fit.value, scan.source, scan.baseline_uncertainty);
  const auto truth = truth_comparison(session, scan, fit.value, calibration);
  Provenance provenance = session.provenance(scan, fit.sha256);
  provenance.options = fit.provenance.options;  // velocal-matrices itself overrides nothing
  provenance.settings = fit.provenance.settings + matrices_inputs(scan);
  write_matrices(paths.matrices(), calibration, fit.value, provenance);
  write_summary(paths.summary(), calibration);
  const CollectionRow row = collection_row(provenance, scan.shutter.text, fit.value.settings.baseline, calibration);
  if (has_gain(calibration)) {
    update_results_collection(paths.collection(), row);
  } else {
    remove_collection_row(paths.collection(), row);
  }
  Report report = matrices_report(session.title(scan), calibration, truth, distance_gain(fit.value, calibration));
  report.loss = loss_of_pixels(session, scan, {calibration.gain_means.pixels, calibration.statuses.live()}, "gain");
  return report;
}

}  // namespace velocal
