// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/matrices_stage.hpp"

#include <fmt/format.h>

#include "stages/chain_step.hpp"
#include "stages/losses.hpp"
#include "stages/matrices_report.hpp"
#include "velocal/calibration/calibration.hpp"
#include "velocal/calibration/distance_gain.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/store/companions.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/output/file_guard.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/results_collection.hpp"
#include "velocal/store/tables/summary_csv.hpp"
#include "velocal/store/truth_file.hpp"

namespace velocal {
namespace {

/// A simulated scan has a truth file beside its results; a measured one has none.
std::optional<TruthComparison> truth_comparison(const Session& session, const ScanSettings& scan, const ScanFit& fit,
                                                const Calibration& calibration) {
  const std::filesystem::path path = session.paths(scan).truth();
  if (is_missing(path)) return {};
  const Stored<Truth> truth = read_truth(path, provenance_of(session.dataset, scan.label));
  return compare_with_truth(fit, calibration, scan.source, truth.value);
}

bool has_gain(const Calibration& calibration) {
  return calibration.gain_means.pixels > 0;
}

/// matrices.h5 last: it lists the others. `row`: that of the collection; null where velocal-detector gathers the rows
/// of many chips.
void write_results(const ResultPaths& paths, const Calibration& calibration, const ScanFit& fit,
                   const CollectionRow* row, Provenance provenance) {
  std::optional<FileGuard> guard;
  FileTransaction files;
  write_summary(paths.summary(), calibration, &files);
  const std::filesystem::path folder = paths.matrices().parent_path();
  provenance.companions = companions_of(folder, files, row != nullptr && has_gain(calibration) ? row : nullptr);
  if (row != nullptr) {
    guard.emplace(paths.collection());
    add_collection(paths.collection(), *row, has_gain(calibration), files);
  }
  write_matrices(paths.matrices(), calibration, fit, provenance, &files);
  files.commit();
}

}  // namespace

Step plan_matrices(const Session& session, const ScanSettings& scan) {
  const ResultPaths paths = session.paths(scan);
  Step step;
  step.reads.emplace_back(paths.fit());
  step.computes = "target and gain of each pixel and of the ASIC";
  step.writes.emplace_back(paths.matrices());
  step.writes.emplace_back(paths.summary());
  if (!session.dataset.one_of_many) {
    step.writes.emplace_back(paths.collection(), "one row", false);
    step.shared = {paths.collection()};
  }
  add_chain(step, session, scan, Stage::matrices);
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
  const CollectionRow row = collection_row(provenance, scan.shutter.text, fit.value.settings.baseline, calibration);
  write_results(paths, calibration, fit.value, session.dataset.one_of_many ? nullptr : &row, provenance);
  Report report = matrices_report(session.title(scan), calibration, truth, distance_gain(fit.value, calibration));
  report.loss = loss_of_pixels(session, scan, {calibration.gain_means.pixels, calibration.statuses.live()}, "gain");
  return report;
}

}  // namespace velocal
