// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/compare_stage.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "chain/chain.hpp"
#include "shell/signals.hpp"
#include "stages/compare_report.hpp"
#include "velocal/calibration/systematics.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/truth_file.hpp"

namespace velocal {
namespace {

/// The reference comes first.
std::vector<const Dataset*> compared_datasets(const Session& session) {
  std::vector<const Dataset*> datasets{&session.dataset};
  for (const Dataset& other : session.others) datasets.push_back(&other);
  return datasets;
}

/// Where the scan's results in that dataset are. Throws UsageError when it has no such scan.
ResultPaths paths_in(const Dataset& dataset, const Session& session, const ScanSettings& scan) {
  return {dataset, dataset.scan(scan.label).label, session.group};
}

/// The truth of a simulated scan, which is that of all its analyses. It lies beside the results of the one that it was
/// drawn for.
std::optional<Truth> truth_of(const Session& session, const ScanSettings& scan) {
  for (const Dataset* dataset : compared_datasets(session)) {
    const std::filesystem::path file = paths_in(*dataset, session, scan).truth();
    if (!is_missing(file)) return read_truth(file, provenance_of(*dataset, scan.label)).value;
  }
  return std::nullopt;
}

}  // namespace

ProgramOption compare_option() {
  return {.name = "compare",
          .placeholder = "",
          .description = "make nothing: compare K of two datasets or more, the first being the reference",
          .apply = [](Session&, const std::string&) {},
          .recorded = false,
          .several_datasets = true};
}

Step plan_comparison(const Session& session, const ScanSettings& scan) {
  Step step;
  std::map<std::filesystem::path, const Dataset*> owners;
  for (const Dataset* dataset : compared_datasets(session)) {
    const std::filesystem::path file = paths_in(*dataset, session, scan).matrices();
    const auto [owner, is_new] = owners.emplace(file.lexically_normal(), dataset);
    if (!is_new) {
      throw UsageError(
          fmt::format("{} and {} have the same results", owner->second->file.string(), dataset->file.string()),
          file.string(), "Give each descriptor a name of its own");
    }
    step.reads.emplace_back(file);
  }
  step.computes = "differences of the gains, and their distance to the design";
  return step;
}

Report run_comparison(const Session& session, const ScanSettings& scan) {
  const std::optional<Truth> truth = truth_of(session, scan);
  std::vector<ComparedDataset> datasets;
  std::vector<Calibration> variants;
  for (const Dataset* dataset : compared_datasets(session)) {
    throw_if_interrupted();
    const auto file = Chain({*dataset, scan.label, session.group}).require_up_to_date(Stage::matrices);
    variants.push_back(read_matrices(file, provenance_of(*dataset, scan.label, session.group)).value);
    datasets.push_back({dataset->name, variants.back().gain_means.pixels});
    if (truth) datasets.back().off_truth = difference_from_truth(variants.back(), scan.source, *truth);
  }
  return compare_report(session.title(scan), datasets, systematics(variants));
}

}  // namespace velocal
