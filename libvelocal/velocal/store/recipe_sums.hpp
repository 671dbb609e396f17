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

/// Charges of the recipes, as in their names, whose files are not those that one run wrote: a run was killed while it
/// put them in place, or somebody changed one. Throws InputError for what cannot be read.
std::vector<std::string> mixed_recipes(const ResultPaths& paths);

}  // namespace velocal
