// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "velocal/core/is_missing.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/scan_trims.hpp"

namespace velocal {
namespace {

constexpr std::array<ResultFile, 3> result_files{ResultFile::flux, ResultFile::fit, ResultFile::matrices};

Stage stage_of(ResultFile file) {
  switch (file) {
    case ResultFile::flux: return Stage::flux;
    case ResultFile::fit: return Stage::fit;
    case ResultFile::matrices: break;
  }
  return Stage::matrices;
}

std::string scan_title(const Dataset& dataset, std::string_view label, PixelGroup group) {
  const std::string name = fmt::format("{}/{}", dataset.name, label);
  return group == PixelGroup::all ? name : fmt::format("{}/{}", name, group_name(group));
}

}  // namespace

PlotResults::PlotResults(const Dataset& dataset, std::string label, PixelGroup group)
    : dataset_(dataset),
      paths_(dataset, label, group),
      expected_(provenance_of(dataset, label, group)),
      title_(scan_title(dataset, label, group)),
      group_(group),
      source_(photon_source(dataset.scan(label).source, dataset.sensor)),
      chain_({dataset_, label, group}) {}

std::filesystem::path PlotResults::path_of(ResultFile file) const {
  switch (file) {
    case ResultFile::flux: return paths_.flux();
    case ResultFile::fit: return paths_.fit();
    case ResultFile::matrices: return paths_.matrices();
  }
  return {};
}

bool PlotResults::is_read(ResultFile file) const {
  switch (file) {
    case ResultFile::flux: return flux_.has_value();
    case ResultFile::fit: return fit_.has_value();
    case ResultFile::matrices: break;
  }
  return calibration_.has_value();
}

bool PlotResults::has(ResultFile file) const {
  return !is_missing(path_of(file));
}

void PlotResults::read(ResultFile file) {
  if (is_read(file)) return;
  const std::filesystem::path path = chain_.require_up_to_date(stage_of(file));
  switch (file) {
    case ResultFile::flux: flux_ = read_flux(path, expected_); break;
    case ResultFile::fit: fit_ = read_fit(path, expected_); break;
    case ResultFile::matrices: calibration_ = read_matrices(path, expected_); break;
  }
}

void PlotResults::read_all() {
  for (const ResultFile file : result_files) {
    if (has(file)) read(file);
  }
}

void PlotResults::read_trims() {
  if (trims_) return;
  const ScanSettings& scan = dataset_.scan(expected_.scan);
  const auto obstacle = obstacle_in_baseline({dataset_, expected_.scan, group_}, scan_trims_file(dataset_, scan));
  if (obstacle) throw InputError(*obstacle);
  trims_ = read_scan_trims(dataset_, scan);
}

PlottedScan PlotResults::view() const {
  return {.title = title_,
          .dataset = expected_.dataset,
          .label = expected_.scan,
          .group = group_,
          .source = source_,
          .flux = flux_ ? &flux_->value : nullptr,
          .fit = fit_ ? &fit_->value : nullptr,
          .calibration = calibration_ ? &calibration_->value : nullptr,
          .trims = trims_ ? &*trims_ : nullptr};
}

std::vector<std::filesystem::path> PlotResults::files() const {
  std::vector<std::filesystem::path> read;
  if (flux_) read.push_back(paths_.flux());
  if (fit_) read.push_back(paths_.fit());
  if (calibration_) read.push_back(paths_.matrices());
  if (trims_) read.push_back(scan_trims_file(dataset_, dataset_.scan(expected_.scan)));
  return read;
}

std::vector<std::filesystem::path> PlotResultsShelf::files() const {
  std::vector<std::filesystem::path> read = other_files_;
  for (const auto& [name, results] : results_) std::ranges::copy(results->files(), std::back_inserter(read));
  return read;
}

const Calibration& PlotResultsShelf::keep(Calibration calibration) {
  kept_.push_back(std::make_unique<Calibration>(std::move(calibration)));
  return *kept_.back();
}

const Detector& PlotResultsShelf::keep(Detector detector) {
  detector_ = std::make_unique<Detector>(std::move(detector));
  return *detector_;
}

PlotResults& PlotResultsShelf::of(const Dataset& dataset, const std::string& label, PixelGroup group) {
  auto& place = results_[fmt::format("{}\n{}\n{}\n{}", dataset.file.string(), dataset.asic, label, group_name(group))];
  if (!place) place = std::make_unique<PlotResults>(dataset, label, group);
  return *place;
}

}  // namespace velocal
