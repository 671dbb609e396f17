// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace velocal {

/// Text of --version: our version, the commit, the libraries that the build found, and the SIMD level.
std::string version_text(std::string_view program);

}  // namespace velocal
