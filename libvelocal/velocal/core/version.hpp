// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace velocal {

/// "0.1.0"
std::string_view version();
/// Hash of the commit built, with "-dirty" after local changes; "unknown" outside a repository.
std::string_view git_hash();

}  // namespace velocal
