// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chain/chain.hpp"
#include "shell/session.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"
#include "velocal/store/detector_file.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// The files of results that pictures are made from.
enum class ResultFile { flux, fit, matrices };

/// The results of one scan and group, each file read once, when it is first asked for.
class PlotResults {
 public:
  PlotResults(const Dataset& dataset, std::string label, PixelGroup group);
  PlotResults(const PlotResults&) = delete;
  PlotResults& operator=(const PlotResults&) = delete;

  bool has(ResultFile file) const;
  /// Throws InputError when the file is missing or damaged, and when it is stale (Chain).
  void read(ResultFile file);
  /// Reads all files that are there.
  void read_all();
  /// Reads the trims of the scan, where they are known.
  void read_trims();

  /// What has been read so far.
  PlottedScan view() const;
  std::vector<std::filesystem::path> files() const;

 private:
  std::filesystem::path path_of(ResultFile file) const;
  bool is_read(ResultFile file) const;

  Dataset dataset_;
  ResultPaths paths_;
  Provenance expected_;
  std::string title_;
  PixelGroup group_;
  PhotonSource source_;
  Chain chain_;
  std::optional<Stored<FluxCube>> flux_;
  std::optional<Stored<ScanFit>> fit_;
  std::optional<Stored<Calibration>> calibration_;
  std::optional<TrimSteps> trims_;
};

/// All that one run reads, each file once.
class PlotResultsShelf {
 public:
  PlotResults& of(const Dataset& dataset, const std::string& label, PixelGroup group);
  std::vector<std::filesystem::path> files() const;

  /// What comes from elsewhere lies here as long as the results do.
  const Calibration& keep(Calibration calibration);
  const Detector& keep(Detector detector);
  void note_file(const std::filesystem::path& file) { other_files_.push_back(file); }

 private:
  std::vector<std::unique_ptr<Calibration>> kept_;
  std::unique_ptr<Detector> detector_;
  std::vector<std::filesystem::path> other_files_;
  std::map<std::string, std::unique_ptr<PlotResults>> results_;
};

}  // namespace velocal
