// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/collected_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "velocal/core/error.hpp"
#include "velocal/store/read_collection.hpp"

namespace velocal {
namespace {

/// The spread over its error squared is the number of pixels.
PixelMeans gain_means(const CollectionRow& row) {
  const double pixels = std::pow(row.gain_std / row.gain_mean_error, 2);
  return {std::isfinite(pixels) ? static_cast<std::size_t>(std::llround(pixels)) : 0, row.gain_mean, row.gain_std,
          row.gain_mean_error};
}

Calibration calibration_of(const CollectionRow& row) {
  Calibration calibration;
  calibration.gain_means = gain_means(row);
  const std::size_t pixels = calibration.gain_means.pixels;
  calibration.target_means = {pixels, row.target_mean, row.target_std,
                              row.target_std / std::sqrt(static_cast<double>(pixels))};
  calibration.asic.target = row.target_asic;
  calibration.asic.gain = row.gain_asic;
  calibration.asic_good.target = row.target_asic_good;
  calibration.asic_good.gain = row.gain_asic_good;
  return calibration;
}

/// The row that the scan has where a collection tells the same shutter and baseline.
CollectionRow row_of(const PlottedScan& scan, const CollectionRow& like) {
  Provenance of;
  of.dataset = scan.dataset;
  of.scan = scan.label;
  of.group = group_name(scan.group);
  return collection_row(of, like.shutter, like.baseline ? BaselineMode::before : BaselineMode::after,
                        *scan.calibration);
}

/// That of the scan which the row is of. Where the dataset does not have it there is none.
PhotonSource source_of(const Dataset& dataset, const CollectionRow& row) {
  const auto found = std::ranges::find(dataset.scans, row.label, &ScanSettings::label);
  const bool has_name = std::ranges::any_of(pixel_groups, [&](PixelGroup group) {
    return collection_key(provenance_of(dataset, row.label, group)) == fmt::format("{},{},", row.results, row.label);
  });
  if (!has_name || found == dataset.scans.end()) return {};
  return photon_source(found->source, dataset.sensor);
}

PhotonSource source_of(const Session& session, const CollectionRow& row) {
  PhotonSource source = source_of(session.dataset, row);
  for (const Dataset& other : session.others) {
    if (source.energy_eV == 0.0) source = source_of(other, row);
  }
  return source;
}

}  // namespace

void add_collected_rows(const std::filesystem::path& file, const Session& session,
                        const std::vector<std::string>& labels, PlotResultsShelf& shelf,
                        std::vector<PlottedScan>& scans) {
  std::vector<PlottedScan> added;
  for (const CollectionRow& row : read_results_collection(file)) {
    const bool asked = labels.empty() || std::ranges::count(labels, row.label) > 0;
    if (!asked) continue;
    bool has_name = false, is_drawn = false;
    for (const PlottedScan& scan : scans) {
      const CollectionRow own = row_of(scan, row);
      has_name = has_name || (own.results == row.results && own.label == row.label);
      is_drawn = is_drawn || collection_line(own) == collection_line(row);
    }
    if (is_drawn) continue;
    const std::string name = row.results + (has_name ? " (table)" : "");
    added.push_back({.title = fmt::format("{}/{}", name, row.label),
                     .dataset = name,
                     .label = row.label,
                     .source = source_of(session, row),
                     .calibration = &shelf.keep(calibration_of(row))});
  }
  shelf.note_file(file);
  std::ranges::move(added, std::back_inserter(scans));
  if (scans.empty()) throw InputError(fmt::format("{} has no row to be drawn", file.string()));
}

}  // namespace velocal
