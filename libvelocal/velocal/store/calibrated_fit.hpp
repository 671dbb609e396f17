// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "velocal/store/fit_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/result_paths.hpp"

namespace velocal {

/// A results file and what is known of it since it was read.
struct ReadFile {
  std::filesystem::path path;
  std::string_view stage;  ///< "fit": of velocal-fit
  const std::string& sha256;
  const Provenance& provenance;

  template <class T>
  ReadFile(std::filesystem::path file, std::string_view name, const Stored<T>& stored)
      : path(std::move(file)), stage(name), sha256(stored.sha256), provenance(stored.provenance) {}
};

/// Throws InputError where the later one was not made of the earlier: another program has made one anew meanwhile.
void require_made_of(const ReadFile& later, const ReadFile& earlier);

/// Target and gain of a scan, and the fits that they were made of.
struct CalibratedFit {
  Stored<Calibration> matrices;
  Stored<ScanFit> fit;
};

/// Reads both. Throws InputError as read_matrices(), read_fit() and require_made_of() do.
CalibratedFit read_calibrated_fit(const ResultPaths& paths, const Provenance& expected);

}  // namespace velocal
