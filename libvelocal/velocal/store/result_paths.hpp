// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/pixel_group.hpp"

namespace velocal {

/// Where the results of one scan and group are: `<results>/<name>/<label>/`, with a group
/// `<results>/<name>/<label>/<group>/`. Flux and truth are those of the whole scan, whatever the group.
class ResultPaths {
 public:
  /// Throws UsageError for a group that there is not.
  ResultPaths(const Dataset& dataset, std::string_view label, PixelGroup group = PixelGroup::all);

  std::filesystem::path flux() const { return scan_folder_ / "flux.h5"; }    ///< velocal-flux's
  std::filesystem::path truth() const { return scan_folder_ / "truth.h5"; }  ///< velocal-simulate's
  std::filesystem::path fit() const { return folder_ / "fit.h5"; }           ///< velocal-fit's
  /// Mask of what is noisy, beside the fit.
  std::filesystem::path noisy_mask() const { return folder_ / "noisy_mask.csv"; }
  std::filesystem::path matrices() const { return folder_ / "matrices.h5"; }  ///< velocal-matrices'
  std::filesystem::path summary() const { return folder_ / "summary.csv"; }   ///< the same in a table
  std::filesystem::path recipe(std::string_view charge) const { return recipe_file(charge, ".csv"); }  ///< "1000": [e-]
  /// Trims of the recipe.
  std::filesystem::path recipe_trim(std::string_view charge) const { return recipe_file(charge, "_trim.csv"); }
  /// What lists both.
  std::filesystem::path recipe_sums(std::string_view charge) const { return recipe_file(charge, ".sha256"); }
  std::filesystem::path plots() const { return folder_ / "plots"; }  ///< folder of the pictures
  std::filesystem::path csv() const { return folder_ / "csv"; }      ///< files of the established names
  std::filesystem::path baseline() const { return dataset_folder_ / "baseline.h5"; }   ///< of all scans, as below
  std::filesystem::path baseline_csv() const { return dataset_folder_ / "baseline"; }  ///< its folder of CSV files
  std::filesystem::path gain() const { return dataset_folder_ / gain_name_; }          ///< velocal-gain's, of all scans
  /// A row for each scan of all datasets.
  std::filesystem::path collection() const { return results_root_ / "results_collection.csv"; }

 private:
  std::filesystem::path recipe_file(std::string_view charge, std::string_view end) const;

  std::filesystem::path results_root_;
  std::filesystem::path dataset_folder_;
  std::filesystem::path scan_folder_;
  std::filesystem::path folder_;
  std::string gain_name_;
};

}  // namespace velocal
