// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/result_paths.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"

namespace velocal {

ResultPaths::ResultPaths(const Dataset& dataset, std::string_view label, PixelGroup group)
    : results_root_(dataset.results_root),
      scan_folder_(results_root_ / dataset.name / label),
      folder_(group == PixelGroup::all ? scan_folder_ : scan_folder_ / group_name(group)),
      scan_(fmt::format("{}/{}", dataset.name, label)),
      arguments_(dataset.file.string()),
      group_option_(group == PixelGroup::all ? "" : fmt::format(" --group {}", group_name(group))) {}

std::filesystem::path ResultPaths::require_flux() const {
  return require(flux(), "flux", "velocal-flux " + arguments_);
}

std::filesystem::path ResultPaths::require_fit() const {
  return require(fit(), "fit", "velocal-fit " + arguments_ + group_option_);
}

std::filesystem::path ResultPaths::require_matrices() const {
  return require(matrices(), "matrices", "velocal-matrices " + arguments_ + group_option_);
}

std::filesystem::path ResultPaths::require(std::filesystem::path path, std::string_view what,
                                           std::string_view command) const {
  std::error_code error;
  if (std::filesystem::exists(path, error)) return path;
  throw InputError(fmt::format("no {} for {}", what, scan_), path.string(), fmt::format("Run {} first", command));
}

}  // namespace velocal
