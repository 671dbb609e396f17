// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "velocal/store/result_paths.hpp"

namespace velocal {

class FileTransaction;

/// Adds the file that lists the recipe's others, which the transaction holds (docs/file-formats.md,
/// "recipe_<charge>.csv").
void add_recipe_sums(const ResultPaths& paths, std::string_view charge, FileTransaction& files);

/// A recipe whose files are not those that one run wrote, or of which nothing says so.
struct DoubtfulRecipe {
  std::string charge;  ///< as in the names
  std::string reason;
};

/// Those of the scan: a run was killed while it put them in place, or somebody changed one. Throws InputError for a
/// folder that cannot be read.
std::vector<DoubtfulRecipe> doubtful_recipes(const ResultPaths& paths);

}  // namespace velocal
