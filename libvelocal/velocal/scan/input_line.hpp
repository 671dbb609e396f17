// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "velocal/scan/matrix_csv.hpp"

namespace velocal {

/// Line of one input in the list that FluxCube::inputs_sha256 is the digest of: its name, size and 64-bit XXH3 hash
/// (docs/decisions/0003-input-digest.md).
std::string input_line(std::string_view name, std::span<const std::byte> contents);

/// Appends the line of each file that is read to `lines`, which has to live as long.
ContentsSeen listed_in(std::string& lines);

}  // namespace velocal
