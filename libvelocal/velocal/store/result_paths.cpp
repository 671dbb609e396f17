// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/result_paths.hpp"

namespace velocal {

ResultPaths::ResultPaths(const Dataset& dataset, std::string_view label, PixelGroup group)
    : results_root_(dataset.results_root),
      dataset_folder_(results_root_ / dataset.name),
      scan_folder_(dataset_folder_ / label),
      folder_(group == PixelGroup::all ? scan_folder_ : scan_folder_ / group_name(group)) {}

}  // namespace velocal
