// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/export_stage.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shell/signals.hpp"
#include "stages/chain_step.hpp"
#include "velocal/core/folder_names.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/required_files.hpp"
#include "velocal/store/calibrated_fit.hpp"
#include "velocal/store/established/exported_files.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/measured_baseline_file.hpp"
#include "velocal/store/output/file_sums.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/tables/noise_csv.hpp"

namespace velocal {
namespace {

using Path = std::filesystem::path;

struct Part {
  std::string_view word;
  ExportedPart part;
  Stage stage;
};
constexpr std::array<Part, 3> parts{{{"flux", ExportedPart::flux, Stage::flux},
                                     {"fit", ExportedPart::fit, Stage::fit},
                                     {"matrices", ExportedPart::matrices, Stage::matrices}}};
constexpr std::array<std::string_view, 5> words{"flux", "fit", "matrices", "baseline", "all"};

bool wants(const ExportRequest& request, std::string_view word) {
  return request.what == word || request.what == "all";
}

/// The measured baseline that the scan takes, or that of the dataset.
Path baseline_of(const Session& session, const ScanSettings& scan) {
  return scan.baseline_file ? session.dataset.results_root / *scan.baseline_file : session.paths(scan).baseline();
}

bool takes_baseline(const ExportRequest& request, const Session& session, const ScanSettings& scan) {
  return request.what == "baseline" || (request.what == "all" && !is_missing(baseline_of(session, scan)));
}

/// One of the part's other files that is there, of whatever export; empty: none is.
Path existing_file(const Part& part, const Session& session, const ScanSettings& scan) {
  const Path folder = session.paths(scan).csv();
  std::vector<std::string> names;
  if (part.part == ExportedPart::flux) {  // of other thresholds they have other names
    names = flux_csv_names(session.dataset, scan);
    names.push_back(asic_csv_name(csv_quantity::asic_flux, session.dataset, scan));
    names.push_back(asic_csv_name(csv_quantity::asic_flux_error, session.dataset, scan));
  } else if (!is_missing(folder)) {
    names = names_in(folder, "cannot read the folder");
    std::erase_if(names, [&](const std::string& name) { return part_of(name, session.dataset, scan) != part.part; });
  }
  const auto found = std::ranges::find_if(names, [&](const std::string& name) { return !is_missing(folder / name); });
  return found == names.end() ? Path() : folder / *found;
}

void plan_part(const Part& part, const Session& session, const ScanSettings& scan, Chain& chain, Step& step) {
  const std::vector<StageResult> results = chain.up_to(part.stage);
  step.reads.emplace_back(results.back().file);
  step.writes.emplace_back(session.paths(scan).csv() / telling_file(part.part, session.dataset, scan),
                           fmt::format("and the other files of {}", part.word));
  if (!step.writes.back().exists) {
    const Path existing = existing_file(part, session, scan);
    if (!existing.empty()) step.writes.emplace_back(existing);
  }
  if (!step.obstacle) step.obstacle = obstacle_in(chain_of(session, scan), results);
}

void plan_baseline_files(const Session& session, const ScanSettings& scan, Step& step) try {
  const Path file = baseline_of(session, scan);
  step.reads.emplace_back(file);
  if (!step.obstacle) step.obstacle = obstacle_in_baseline(chain_of(session, scan), file);
  const auto baseline = read_measured_baseline(file, session.dataset.asic);
  for (const Path& path :
       noise_csv_paths(session.paths(scan).csv(), baseline.value.asic, baseline.value.control.has_value())) {
    step.writes.emplace_back(path);
  }
} catch (const InputError& error) {
  if (!step.obstacle) step.obstacle = error;
}

/// The results of one scan, those that are asked for.
struct StoredResults {
  std::optional<Stored<FluxCube>> flux;
  std::optional<Stored<ScanFit>> fit;
  std::optional<Stored<Calibration>> calibration;

  StoredResults(const ExportRequest& request, const Session& session, const ScanSettings& scan) {
    const ResultPaths paths = session.paths(scan);
    const Provenance expected = session.provenance(scan, {});
    if (wants(request, "flux")) flux = read_flux(paths.flux(), expected);
    if (wants(request, "fit")) fit = read_fit(paths.fit(), expected);
    if (wants(request, "matrices")) calibration = read_matrices(paths.matrices(), expected);
    if (flux && fit) require_made_of({paths.fit(), "fit", *fit}, {paths.flux(), "flux", *flux});
    if (fit && calibration) require_made_of({paths.matrices(), "matrices", *calibration}, {paths.fit(), "fit", *fit});
  }
};

/// The files of the stages' results; tells in the report how many there are of each.
std::vector<ExportedFile> files_of(const ExportRequest& request, const ExportedResults& results, ReportText& text,
                                   Json& json) {
  std::vector<ExportedFile> all;
  for (const Part& part : parts) {
    if (!wants(request, part.word)) continue;
    std::vector<ExportedFile> files = exported_files(part.part, results);
    text.line(part.word, fmt::format("{} files", files.size()));
    json[std::string(part.word)] = files.size();
    std::ranges::move(files, std::back_inserter(all));
  }
  return all;
}

void write_files(const std::vector<ExportedFile>& files, const Path& folder, const Session& session,
                 const ScanSettings& scan, FileTransaction& transaction) {
  const auto progress = session.progress(scan);
  progress->start("writing", files.size(), "files");
  parallel_for(files.size(), session.threads, [&](std::size_t i, int) {
    throw_if_interrupted();
    transaction.add(folder / files[i].name, files[i].text());
    progress->advance(1);
  });
  progress->finish();
}

void write_baseline_files(const Session& session, const ScanSettings& scan, FileTransaction& files, ReportText& text,
                          Json& json) {
  const auto baseline = read_measured_baseline(baseline_of(session, scan), session.dataset.asic);
  const Path folder = session.paths(scan).csv();
  write_noise_csv(folder, baseline.value, &files);
  const auto count = noise_csv_paths(folder, baseline.value.asic, baseline.value.control.has_value()).size();
  text.line("baseline", fmt::format("{} files", count));
  json["baseline"] = count;
}

/// They are of other thresholds or parameters. Who reads all files of the folder would take them, too.
void warn_of_left(const Session& session, const Path& folder, const FileSums& left) {
  if (left.empty()) return;
  const Path first = folder / left.begin()->first;
  const std::string more = left.size() > 1 ? fmt::format(" and {} more are", left.size() - 1) : " is";
  session.console.warning(
      fmt::format("{}{} of an earlier export with other settings. Remove what you do not need", first.string(), more));
}

bool is_of_baseline(const std::string& name, const Session& session) {
  for (const Path& file : noise_csv_paths({}, session.dataset.asic, true)) {
    if (file == name) return true;
  }
  return false;
}

}  // namespace

std::string_view what_makes(const std::string& name, const Session& session, const ScanSettings& scan) {
  if (is_of_baseline(name, session)) return "baseline";
  const auto of = part_of(name, session.dataset, scan);
  for (const Part& part : parts) {
    if (of == part.part) return part.word;
  }
  return "all";
}

ProgramOption what_option(ExportRequest& request) {
  return {.name = "what",
          .placeholder = "RESULTS",
          .description =
              "flux, fit, matrices, baseline or all (default: all; the baseline where velocal-baseline made one)",
          .apply =
              [&request](Session&, const std::string& text) {
                if (std::ranges::count(words, text) == 0) {
                  throw UsageError(fmt::format("unknown results \"{}\"", text),
                                   fmt::format("there are {}", fmt::join(words, ", ")), did_you_mean(text, words));
                }
                request.what = text;
              },
          .recorded = false};
}

Step plan_export(const ExportRequest& request, const Session& session, const ScanSettings& scan) {
  Step step;
  step.computes = fmt::format("CSV files of the established names: {}", request.what);
  Chain chain(chain_of(session, scan));
  for (const Part& part : parts) {
    if (wants(request, part.word)) plan_part(part, session, scan, chain, step);
  }
  if (takes_baseline(request, session, scan)) plan_baseline_files(session, scan, step);
  // All exports of a scan write the same sums, whatever else they write.
  step.locked = {file_sums(session.paths(scan).csv())};
  if (!step.writes.empty()) step.locked.push_back(step.writes.front().path);
  return step;
}

Report run_export(const ExportRequest& request, const Session& session, const ScanSettings& scan) {
  const StoredResults stored(request, session, scan);
  const ExportedResults results{.dataset = session.dataset,
                                .scan = scan,
                                .group = session.group,
                                .flux = stored.flux ? &stored.flux->value : nullptr,
                                .fit = stored.fit ? &stored.fit->value : nullptr,
                                .calibration = stored.calibration ? &stored.calibration->value : nullptr};
  ReportText text(fmt::format("{}: CSV files", session.title(scan)));
  Json counts = Json::object();
  const Path folder = session.paths(scan).csv();
  FileTransaction files;
  write_files(files_of(request, results, text, counts), folder, session, scan, files);
  if (takes_baseline(request, session, scan)) write_baseline_files(session, scan, files, text, counts);
  const FileSums left = add_file_sums(folder, files, [&](const std::string& name) {
    const std::string_view what = what_makes(name, session, scan);
    return what == "baseline" ? takes_baseline(request, session, scan) : what != "all" && wants(request, what);
  });
  files.commit();
  warn_of_left(session, folder, left);
  return {text.text(), {{"files", counts}}};
}

}  // namespace velocal
