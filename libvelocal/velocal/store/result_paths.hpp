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
  ResultPaths(const Dataset& dataset, std::string_view label, PixelGroup group = PixelGroup::all);

  std::filesystem::path flux() const { return scan_folder_ / "flux.h5"; }
  std::filesystem::path truth() const { return scan_folder_ / "truth.h5"; }
  std::filesystem::path fit() const { return folder_ / "fit.h5"; }
  std::filesystem::path matrices() const { return folder_ / "matrices.h5"; }
  std::filesystem::path summary() const { return folder_ / "summary.csv"; }
  std::filesystem::path plots() const { return folder_ / "plots"; }
  std::filesystem::path collection() const { return results_root_ / "results_collection.csv"; }

  /// The path, once the file of the stage before is there.
  /// Throws InputError `no flux for N037/warm (<path>). Run velocal-flux <descriptor> first` when it is not.
  std::filesystem::path require_flux() const;
  std::filesystem::path require_fit() const;
  std::filesystem::path require_matrices() const;

 private:
  std::filesystem::path require(std::filesystem::path path, std::string_view what, std::string_view command) const;

  std::filesystem::path results_root_;
  std::filesystem::path scan_folder_;
  std::filesystem::path folder_;
  std::string scan_;          ///< "N037/warm"
  std::string arguments_;     ///< arguments of the command that makes what is missing
  std::string group_option_;  ///< " --group even"; "" for all pixels
};

}  // namespace velocal
