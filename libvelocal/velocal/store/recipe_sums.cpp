// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/recipe_sums.hpp"

#include <fmt/format.h>

#include <set>
#include <span>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/folder_names.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/store/output/file_sums.hpp"
#include "velocal/store/output/file_transaction.hpp"

namespace velocal {
namespace {

std::filesystem::path folder_of(const ResultPaths& paths) {
  return paths.matrices().parent_path();
}

/// Recipes that have a file in the folder, whichever it is; other names are somebody else's.
std::set<std::string> charges_in(const std::filesystem::path& folder) {
  constexpr std::string_view begin = "recipe_";
  std::set<std::string> charges;
  if (is_missing(folder)) return charges;
  for (const std::string& name : names_in(folder, "cannot read the folder")) {
    if (!name.starts_with(begin)) continue;
    for (const std::string_view end : {"_trim.csv", ".csv", ".sha256"}) {
      if (!name.ends_with(end)) continue;
      const std::string charge = name.substr(begin.size(), name.size() - begin.size() - end.size());
      if (!charge.empty() && charge.find_first_not_of("0123456789.e+-") == charge.npos) charges.insert(charge);
    }
  }
  return charges;
}

FileSums sums_now(const ResultPaths& paths, const std::string& charge) {
  FileSums sums;
  FileReader reader;
  for (const auto& file : {paths.recipe(charge), paths.recipe_trim(charge)}) {
    if (const auto text = reader.read_if_there(file)) sums[file.filename()] = sha256_hex(std::as_bytes(*text));
  }
  return sums;
}

/// Empty: none.
std::string doubt_of(const ResultPaths& paths, const std::string& charge) try {
  const auto listed = read_file_sums(paths.recipe_sums(charge));
  if (!listed) return fmt::format("{} is missing", paths.recipe_sums(charge).string());
  return sums_now(paths, charge) == *listed ? "" : "its files are not those that one run wrote";
} catch (const InputError& error) {
  return error.what();
}

}  // namespace

void add_recipe_sums(const ResultPaths& paths, std::string_view charge, FileTransaction& files) {
  files.add(paths.recipe_sums(charge), text_of(sums_of(folder_of(paths), files)));
}

std::vector<DoubtfulRecipe> doubtful_recipes(const ResultPaths& paths) {
  std::vector<DoubtfulRecipe> doubtful;
  for (const std::string& charge : charges_in(folder_of(paths))) {
    std::string reason = doubt_of(paths, charge);
    if (!reason.empty()) doubtful.push_back({charge, std::move(reason)});
  }
  return doubtful;
}

}  // namespace velocal
