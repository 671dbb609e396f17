// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/requested_pictures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plot/collected_rows.hpp"
#include "plot/plot_kinds.hpp"
#include "shell/signals.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/store/detector_file.hpp"
#include "velocal/store/result_record.hpp"

namespace velocal {
namespace {

using PlacedPictures = std::vector<PlacedPicture>;

/// Chips of one descriptor do not share a folder.
std::filesystem::path output_folder(const Dataset& dataset, const std::filesystem::path& output) {
  return dataset.one_of_many ? output / dataset.asic : output;
}

/// Where pictures of one scan go.
std::filesystem::path scan_folder(const PlotContext& context, const ScanSettings& scan) {
  const auto& output = context.request.output;
  if (!output) return context.session.paths(scan).plots();
  const std::filesystem::path folder = output_folder(context.session.dataset, *output);
  return context.session.scans.size() > 1 ? folder / scan.label : folder;
}

/// Where pictures of all scans, and of several datasets, go.
std::filesystem::path common_folder(const PlotContext& context) {
  const Session& session = context.session;
  const Dataset& dataset = session.dataset;
  if (context.request.output) return output_folder(dataset, *context.request.output);
  const bool own = session.others.empty() || dataset.one_of_many;
  return (own ? dataset.results_root / dataset.name : dataset.results_root) / "plots";
}

PlacedPictures placed(const std::filesystem::path& folder, std::vector<Picture> pictures) {
  PlacedPictures result;
  for (Picture& picture : pictures) result.push_back({folder, std::move(picture)});
  return result;
}

PlotResults& results_of(const PlotContext& context, const ScanSettings& scan) {
  return context.shelf.of(context.session.dataset, scan.label, context.session.group);
}

ResultFile file_of(std::string_view parameter) {
  if (parameter == quantity::flux) return ResultFile::flux;
  const bool calibrated = parameter == quantity::target || parameter == quantity::gain;
  return calibrated ? ResultFile::matrices : ResultFile::fit;
}

bool has_needs(const PlotKind& kind, const PlotResults& results) {
  return std::ranges::all_of(kind.needs, [&](ResultFile file) { return results.has(file); });
}

void read_needs(const PlotKind& kind, const PictureRequest& request, PlotResults& results) {
  if (kind.takes_trims) results.read_trims();
  if (!kind.needs_depend_on_parameters) {
    for (const ResultFile file : kind.needs) results.read(file);
    return;
  }
  for (const std::string& parameter : request.parameters) results.read(file_of(parameter));
  if (request.threshold) results.read(ResultFile::flux);
  results.read_all();
  if (results.files().empty()) results.read(ResultFile::fit);  // throws: there is nothing
}

PlacedPictures pictures_of_scan(const PlotKind& kind, const PlotContext& context, const ScanSettings& scan) {
  PlotResults& results = results_of(context, scan);
  read_needs(kind, context.request.pictures, results);
  return placed(scan_folder(context, scan), kind.of_scan(results.view(), context.request.pictures));
}

std::vector<PixelGroup> groups_of(const PlotKind& kind, PixelGroup asked) {
  const bool columns = asked == PixelGroup::even || asked == PixelGroup::odd;
  if (kind.even_with_odd && columns) return {PixelGroup::even, PixelGroup::odd};
  return {asked};
}

/// Rows of a collection may stand for results that are missing: for those of the reference only where no other dataset
/// would take its place.
bool may_be_left_out(const PlotKind& kind, const PlotContext& context, const Dataset& dataset,
                     const std::string& label) {
  const Session& session = context.session;
  const auto has_results = [&](const Dataset& each) {
    return std::ranges::count(each.scans, label, &ScanSettings::label) > 0 &&
           has_needs(kind, context.shelf.of(each, label, session.group));
  };
  return context.request.collection && !has_results(dataset) &&
         (&dataset != &session.dataset || std::ranges::none_of(session.others, has_results));
}

/// Adds the dataset's scans with the labels asked for. Throws UsageError when it has none of them.
void add_scans(const PlotKind& kind, const PlotContext& context, const Dataset& dataset,
               std::vector<PlottedScan>& scans) {
  const std::vector<ScanSettings>& asked = context.session.scans;
  bool has_one = false;
  for (const ScanSettings& scan : dataset.scans) {
    if (std::ranges::count(asked, scan.label, &ScanSettings::label) == 0) continue;
    for (const PixelGroup group : groups_of(kind, context.session.group)) {
      PlotResults& results = context.shelf.of(dataset, scan.label, group);
      has_one = true;
      if (may_be_left_out(kind, context, dataset, scan.label)) {
        context.session.console.warning(fmt::format("{} is left out (it has no matrices.h5)", results.view().title));
        continue;
      }
      read_needs(kind, context.request.pictures, results);
      scans.push_back(results.view());
    }
  }
  if (has_one) return;
  dataset.scan(asked.front().label);  // throws, saying what it has
}

/// Those of --scan; empty: none were named.
std::vector<std::string> chosen_labels(const Session& session) {
  std::vector<std::string> labels;
  if (session.scans.size() == session.dataset.scans.size()) return labels;
  for (const ScanSettings& scan : session.scans) labels.push_back(scan.label);
  return labels;
}

PlacedPictures pictures_of_scans(const PlotKind& kind, const PlotContext& context) {
  std::vector<PlottedScan> scans;
  add_scans(kind, context, context.session.dataset, scans);
  for (const Dataset& other : context.session.others) add_scans(kind, context, other, scans);
  if (context.request.collection) {
    add_collected_rows(*context.request.collection, context.session, chosen_labels(context.session), context.shelf,
                       scans);
  }
  return placed(common_folder(context), kind.of_scans(scans, context.request.pictures));
}

/// Throws InputError where a chip's result is no longer the one that the table tells of. It may be gone.
void require_fresh(const std::filesystem::path& file, const DetectorTable& table, const Session& session) {
  for (const ChipDataset& chip : session.all_chips) {
    for (const ChipRow& row : table.rows) {
      if (row.asic != chip.dataset.asic || row.sha256.empty()) continue;
      throw_if_interrupted();
      const Provenance expected = provenance_of(chip.dataset, row.label, session.group);
      const auto matrices = ResultPaths(chip.dataset, row.label, session.group).matrices();
      if (is_missing(matrices)) continue;
      if (read_record(ResultFileKind::matrices, matrices, expected).sha256 == row.sha256) continue;
      throw InputError(fmt::format("{} was not made of this {}", file.string(), matrices.string()),
                       "that was made anew since", "Run velocal-detector first");
    }
  }
}

PlacedPictures pictures_of_detector(const PlotKind& kind, const PlotContext& context) {
  const Session& session = context.session;
  const std::filesystem::path& results = session.dataset.results_root;
  const auto file = detector_file(results, session.all_name, session.group);
  Provenance expected = provenance_of(session.dataset, {}, session.group);
  expected.dataset = session.all_name;
  const Detector& detector = context.shelf.keep(read_whole_detector(file, expected));
  require_fresh(file, detector.table, session);
  context.shelf.note_file(file);
  const bool whole = session.group == PixelGroup::all;
  const PlottedDetector plotted{
      whole ? session.all_name : fmt::format("{}/{}", session.all_name, group_name(session.group)), &detector.table,
      &detector.outliers};
  return placed(context.request.output.value_or(results / session.all_name / "plots"),
                kind.of_detector(plotted, context.request.pictures));
}

bool all_scans_have_needs(const PlotKind& kind, const PlotContext& context) {
  return std::ranges::all_of(context.session.scans, [&](const ScanSettings& scan) {
    return std::ranges::all_of(groups_of(kind, context.session.group), [&](PixelGroup group) {
      return has_needs(kind, context.shelf.of(context.session.dataset, scan.label, group));
    });
  });
}

/// Everything of one scan; with the last one, what the scans have in common.
PlacedPictures all_pictures(const PlotContext& context, const ScanSettings& scan) {
  const bool last = scan.label == context.session.scans.back().label;
  results_of(context, scan).read_all();
  PlacedPictures pictures;
  const auto add = [&](PlacedPictures more) { std::ranges::move(more, std::back_inserter(pictures)); };
  for (const PlotKind& kind : plot_kinds()) {
    if (kind.of_scan != nullptr && has_needs(kind, results_of(context, scan))) {
      add(pictures_of_scan(kind, context, scan));
    }
    if (kind.of_scans != nullptr && last && all_scans_have_needs(kind, context)) add(pictures_of_scans(kind, context));
  }
  return pictures;
}

}  // namespace

std::vector<PlacedPicture> requested_pictures(const PlotContext& context, const ScanSettings& scan) {
  check_options(context.request);
  const PlotKind& kind = find_plot_kind(context.request.kind);
  if (kind.check != nullptr) kind.check(context.request.pictures);
  if (kind.of_detector != nullptr) return pictures_of_detector(kind, context);
  if (kind.of_scan != nullptr) return pictures_of_scan(kind, context, scan);
  if (kind.of_scans != nullptr) return pictures_of_scans(kind, context);
  PlotRequest request = context.request;
  request.pictures.all = true;
  return all_pictures({request, context.session, context.shelf}, scan);
}

}  // namespace velocal
