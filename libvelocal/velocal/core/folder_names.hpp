// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/error.hpp"

namespace velocal {

/// Sorted names of all that lies in the folder. One listing is far cheaper than 12,100 questions for a file, above all
/// on a network file system. Where it cannot be read: throws InputError, "`problem` <folder> (reason). `suggestion`";
/// where memory or open files have run out, an Error of the kind `resource`.
std::vector<std::string> names_in(const std::filesystem::path& folder, std::string_view problem,
                                  std::string_view suggestion = {}, Remedy remedy = Remedy::none);

}  // namespace velocal
