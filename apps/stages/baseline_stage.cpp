// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/baseline_stage.hpp"

#include <fmt/format.h>

#include <cmath>

#include "shell/signals.hpp"
#include "stages/baseline_report.hpp"
#include "stages/chain_step.hpp"
#include "velocal/store/companions.hpp"
#include "velocal/store/measured_baseline_file.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/tables/noise_csv.hpp"

namespace velocal {
namespace {

constexpr double allowed_difference = 1.0;  ///< DAC between prediction and control

void add_scan(Step& step, const std::filesystem::path& folder, const NoiseFileName& file, const std::string& what) {
  for (const std::string& name : file.all_patterns()) step.reads.emplace_back(folder / name, what);
}

void warn_of_difference(const Session& session, const MeasuredBaseline& baseline) {
  if (!baseline.control) return;
  const ControlComparison comparison = compare_with_control(baseline);
  const double distance = std::hypot(comparison.difference.mean, comparison.difference.standard_deviation);
  if (!(distance > allowed_difference)) return;
  session.console.warning(fmt::format(
      "{}: predicted less measured baseline is {:+.2f} DAC on average, with a spread of {:.2f} DAC; {} of {} "
      "pixels are more than {:g} DAC off. Let the scans take the measured one (baseline.kind: control)",
      session.dataset.name, comparison.difference.mean, comparison.difference.standard_deviation, comparison.far_pixels,
      comparison.difference.count, allowed_difference));
}

}  // namespace

Step plan_baseline(const Session& session, const ScanSettings& scan) {
  const NoiseScanFiles files = noise_scan_files(session.dataset);
  const NoiseSettings& settings = *session.dataset.noise;
  const ResultPaths paths = session.paths(scan);
  Step step;
  add_scan(step, files.folder, files.trim0, "noise at trim 0");
  add_scan(step, files.folder, files.trimF, "noise at trim F");
  if (files.control) add_scan(step, files.folder, *files.control, "control scan");
  if (!settings.trims.empty()) step.reads.emplace_back(files.folder / settings.trims, "trims in use");
  step.computes = fmt::format("noise by the estimator {}, baseline by the prediction {}", settings.estimator,
                              to_string(settings.prediction));
  step.writes.emplace_back(paths.baseline());
  for (const auto& path : noise_csv_paths(paths.baseline_csv(), session.dataset.asic, files.control.has_value())) {
    step.writes.emplace_back(path);
  }
  add_result(step, look_at_baseline(chain_of(session, scan)));
  return step;
}

Report run_baseline(const Session& session, const ScanSettings& scan) {
  const MeasuredBaseline baseline = measure_baseline(session.dataset, session.threads);
  warn_of_difference(session, baseline);
  throw_if_interrupted();
  const ResultPaths paths = session.paths(scan);
  FileTransaction files;
  if (!baseline.control) {  // those of an earlier run
    for (const auto& path : control_csv_paths(paths.baseline_csv(), session.dataset.asic)) files.remove(path);
  }
  write_noise_csv(paths.baseline_csv(), baseline, &files);
  Provenance provenance = session.provenance(scan, {});
  provenance.settings = baseline_inputs(session.dataset);
  provenance.companions = companions_of(paths.baseline().parent_path(), files);
  write_measured_baseline(paths.baseline(), baseline, provenance, &files);
  files.commit();
  return baseline_report(session.dataset.name, baseline);
}

}  // namespace velocal
