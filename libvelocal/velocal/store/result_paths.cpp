// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/result_paths.hpp"

#include <fmt/format.h>

namespace velocal {

ResultPaths::ResultPaths(const Dataset& dataset, std::string_view label, PixelGroup group)
    : results_root_(dataset.results_root),
      dataset_folder_(results_root_ / dataset.name),
      scan_folder_(dataset_folder_ / label),
      folder_(group == PixelGroup::all ? scan_folder_ : scan_folder_ / group_name(group)),
      gain_name_(group == PixelGroup::all ? "gain.h5" : fmt::format("gain_{}.h5", group_name(group))) {}

std::filesystem::path ResultPaths::recipe_file(std::string_view charge, std::string_view end) const {
  return folder_ / fmt::format("recipe_{}{}", charge, end);
}

}  // namespace velocal
