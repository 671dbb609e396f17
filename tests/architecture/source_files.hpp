// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>

#include "architecture/include_rules.hpp"
#include "support/files.hpp"
#include "support/source_tree.hpp"

namespace velocal::test {

/// Adds the files of a folder, by their paths from `root`.
inline void add_sources(const std::filesystem::path& folder, const std::filesystem::path& root, Sources& sources) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (extension != ".hpp" && extension != ".cpp") continue;
    sources[entry.path().lexically_relative(root).generic_string()] = read_text(entry.path());
  }
}

/// Those of the library and of the programs.
inline Sources all_sources() {
  const std::filesystem::path root = source_tree();
  Sources sources;
  add_sources(root / "libvelocal/velocal", root / "libvelocal", sources);
  CHECK(sources.size() > 50);  // an empty list keeps every rule
  const std::size_t of_library = sources.size();
  add_sources(root / "apps", root / "apps", sources);
  CHECK(sources.size() > of_library + 40);
  return sources;
}

}  // namespace velocal::test
