// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "support/source_tree.hpp"

namespace velocal::test {

inline const std::filesystem::path checkout = source_tree();

/// The files with one of the extensions, but for hidden ones and for what is built, drawn or installed in the checkout.
inline std::vector<std::filesystem::path> files_with(const std::set<std::string>& extensions) {
  static const std::set<std::string> not_ours{"build", "data", "results", "install"};
  std::vector<std::filesystem::path> files;
  for (std::filesystem::recursive_directory_iterator entry(checkout), end; entry != end; ++entry) {
    const std::string name = entry->path().filename().string();
    const bool skipped =
        name.starts_with(".") || name == "node_modules" || (entry.depth() == 0 && not_ours.contains(name));
    if (skipped && entry->is_directory()) entry.disable_recursion_pending();
    if (skipped || !entry->is_regular_file()) continue;
    if (extensions.contains(entry->path().extension().string())) files.push_back(entry->path());
  }
  return files;
}

}  // namespace velocal::test
