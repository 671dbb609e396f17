// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace velocal::test {

/// Runs each command (a program and its arguments) in the folder. Throws when one does not end with 0. Where the folder
/// has nothing but descriptors, and the same have been through the same commands before in this process, its files
/// become copies of what was made then.
void run_once(const std::filesystem::path& folder, const std::vector<std::vector<std::string>>& commands);

}  // namespace velocal::test
