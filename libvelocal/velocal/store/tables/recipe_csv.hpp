// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/calibration/threshold_recipe.hpp"

namespace velocal {

class FileTransaction;

/// Writes the numbers of a recipe, a row `quantity,value,error,unit` each (docs/file-formats.md,
/// "recipe_<charge>.csv"). Throws OutputError.
void write_recipe(const std::filesystem::path& path, const ThresholdRecipe& recipe, FileTransaction* files = nullptr);

/// Writes the trims of each pixel, laid out as those of the equalisation. Throws OutputError.
void write_trims(const std::filesystem::path& path, const EqualisedTrims& equalised, FileTransaction* files = nullptr);

}  // namespace velocal
