// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/established/exported_files.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

#include "velocal/scan/file_naming.hpp"
#include "velocal/store/established/csv_text.hpp"

namespace velocal {
namespace {

using Results = ExportedResults;

/// What a row has a file of each.
enum class Each { once, threshold, parameter };

/// A kind of file. Name and text of the i-th file are made from the results.
struct Row {
  ExportedPart part;
  Each each;
  std::string (*name)(const Results&, std::size_t i);
  std::string (*text)(const Results&, std::size_t i);
};

std::string matrix_name(std::string_view quantity, const ScanSettings& scan) {
  return fmt::format("{}matrix_ST_{}_{}.csv", quantity, scan.shutter.text, scan.label);
}

const ParameterMap& parameter(const Results& r, std::size_t i) {
  return r.fit->pixels.parameters[i];
}

int threshold(const Results& r, std::size_t i) {
  return r.flux->threshold[i];
}

PixelMatrix<double> flux_errors(const FluxCube& cube, std::size_t threshold_index) {
  const double live_time_s = cube.live_time_s[threshold_index];
  const auto counts = cube.counts_at(threshold_index);
  PixelMatrix<double> errors(undefined);
  if (live_time_s <= 0.0) return errors;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    errors[pixel] = std::sqrt(static_cast<double>(counts[pixel])) / live_time_s;
  }
  return errors;
}

std::string status_text(const PixelFits& pixels) {
  PixelMatrix<double> status;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) status[pixel] = pixels.status[pixel];
  return matrix_text(status, failed_as_zero);
}

/// All files there are; another kind of file is another row.
constexpr std::array<Row, 13> rows{{
    {ExportedPart::flux, Each::threshold,
     [](const Results& r, std::size_t i) {
       return flux_csv_name(csv_quantity::flux, r.dataset, r.scan, threshold(r, i));
     },
     [](const Results& r, std::size_t i) { return matrix_text(flux_at(*r.flux, i), undefined_as_nan); }},
    {ExportedPart::flux, Each::threshold,
     [](const Results& r, std::size_t i) {
       return flux_csv_name(csv_quantity::flux_error, r.dataset, r.scan, threshold(r, i));
     },
     [](const Results& r, std::size_t i) { return matrix_text(flux_errors(*r.flux, i), undefined_as_nan); }},
    {ExportedPart::flux, Each::once,
     [](const Results& r, std::size_t) { return asic_csv_name(csv_quantity::asic_flux, r.dataset, r.scan); },
     [](const Results& r, std::size_t) { return list_text(r.flux->asic_curve(r.group).flux); }},
    {ExportedPart::flux, Each::once,
     [](const Results& r, std::size_t) { return asic_csv_name(csv_quantity::asic_flux_error, r.dataset, r.scan); },
     [](const Results& r, std::size_t) { return list_text(r.flux->asic_curve(r.group).error); }},

    {ExportedPart::fit, Each::parameter,
     [](const Results& r, std::size_t i) { return matrix_name(parameter(r, i).name, r.scan); },
     [](const Results& r, std::size_t i) { return matrix_text(parameter(r, i).value, failed_as_zero); }},
    {ExportedPart::fit, Each::parameter,
     [](const Results& r, std::size_t i) { return matrix_name("u" + parameter(r, i).name, r.scan); },
     [](const Results& r, std::size_t i) { return matrix_text(parameter(r, i).error, failed_as_zero); }},
    {ExportedPart::fit, Each::once, [](const Results& r, std::size_t) { return matrix_name("Fittype", r.scan); },
     [](const Results& r, std::size_t) { return status_text(r.fit->pixels); }},

    {ExportedPart::matrices, Each::once, [](const Results& r, std::size_t) { return matrix_name("target", r.scan); },
     [](const Results& r, std::size_t) { return matrix_text(r.calibration->target.value, failed_as_zero); }},
    {ExportedPart::matrices, Each::once, [](const Results& r, std::size_t) { return matrix_name("utarget", r.scan); },
     [](const Results& r, std::size_t) { return matrix_text(r.calibration->target.error, failed_as_zero); }},
    {ExportedPart::matrices, Each::once, [](const Results& r, std::size_t) { return matrix_name("K_", r.scan); },
     [](const Results& r, std::size_t) { return matrix_text(r.calibration->gain.value, failed_as_zero); }},
    {ExportedPart::matrices, Each::once, [](const Results& r, std::size_t) { return matrix_name("uK_", r.scan); },
     [](const Results& r, std::size_t) { return matrix_text(r.calibration->gain.error, failed_as_zero); }},
    {ExportedPart::matrices, Each::once,
     [](const Results& r, std::size_t) { return fmt::format("ASIC_params{}.csv", r.scan.label); },
     [](const Results& r, std::size_t) {
       const AsicCalibration& asic = r.calibration->asic;
       return parameters_text("ASIC", asic.fit.fit, asic.target);
     }},
    {ExportedPart::matrices, Each::once,
     [](const Results& r, std::size_t) { return fmt::format("ASICgood_params{}.csv", r.scan.label); },
     [](const Results& r, std::size_t) {
       const AsicCalibration& asic = r.calibration->asic_good;
       return parameters_text("ASICgood", asic.fit.fit, asic.target);
     }},
}};

std::size_t count_of(Each each, const Results& results) {
  switch (each) {
    case Each::threshold: return results.flux->threshold_count();
    case Each::parameter: return results.fit->pixels.parameters.size();
    case Each::once: break;
  }
  return 1;
}

}  // namespace

std::vector<ExportedFile> exported_files(ExportedPart part, const ExportedResults& results) {
  std::vector<ExportedFile> files;
  for (const Row& row : rows) {
    if (row.part != part) continue;
    for (std::size_t i = 0; i < count_of(row.each, results); ++i) {
      files.push_back({row.name(results, i), [&results, &row, i] { return row.text(results, i); }});
    }
  }
  return files;
}

std::optional<ExportedPart> part_of(std::string_view name, const Dataset& dataset, const ScanSettings& scan) {
  for (const std::string_view quantity :
       {csv_quantity::flux, csv_quantity::flux_error, csv_quantity::asic_flux, csv_quantity::asic_flux_error}) {
    if (name.starts_with(quantity) && name.ends_with(".csv")) return ExportedPart::flux;
  }
  const Results only_names{dataset, scan};
  for (const Row& row : rows) {
    if (row.each == Each::once && name == row.name(only_names, 0)) return row.part;
  }
  if (name.ends_with(matrix_name("", scan))) return ExportedPart::fit;
  return {};
}

std::string telling_file(ExportedPart part, const Dataset& dataset, const ScanSettings& scan) {
  switch (part) {
    case ExportedPart::flux: return asic_csv_name(csv_quantity::asic_flux, dataset, scan);
    case ExportedPart::fit: return matrix_name("Fittype", scan);
    case ExportedPart::matrices: break;
  }
  return matrix_name("K_", scan);
}

}  // namespace velocal
