// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace velocal::test {

/// Contents of the files below a folder by their relative path. Left out are logs, which have times in them, and
/// lock files, which are empty.
using Tree = std::map<std::string, std::string>;

Tree read_tree(const std::filesystem::path& folder);

/// Makes the folder hold these files and no other; those that are right already are not touched.
void restore(const std::filesystem::path& folder, const Tree& tree);

}  // namespace velocal::test
