// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shell/session.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// The results of one scan and group, each file read when first asked for.
class PlotResults {
 public:
  PlotResults(const Dataset& dataset, std::string label, PixelGroup group);

  bool has_flux() const;
  bool has_fit() const;
  bool has_matrices() const;

  /// Each throws InputError when the file is missing, damaged, or not of the file before it.
  const FluxCube& flux();
  const ScanFit& fit();
  const Calibration& calibration();

  /// What has been read so far.
  PlottedScan view() const;
  /// With all files that are there read.
  PlottedScan whole_view();
  /// Those that have been read.
  std::vector<std::filesystem::path> files() const;

 private:
  ResultPaths paths_;
  Provenance expected_;
  std::string title_;
  PixelGroup group_;
  std::string command_arguments_;
  std::optional<Stored<FluxCube>> flux_;
  std::optional<Stored<ScanFit>> fit_;
  std::optional<Stored<Calibration>> calibration_;
};

/// All that one run reads, each once.
class PlotResultsShelf {
 public:
  PlotResults& of(const Dataset& dataset, const std::string& label, PixelGroup group);
  std::vector<std::filesystem::path> files() const;

 private:
  std::map<std::string, std::unique_ptr<PlotResults>> results_;
};

}  // namespace velocal
