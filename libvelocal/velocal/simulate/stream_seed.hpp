// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace velocal {

/// Seed of the random numbers of one thing that is drawn, named by what it belongs to and up to two numbers. Different
/// names or numbers give unrelated streams, so that things can be drawn in any order and by any thread.
std::uint64_t stream_seed(std::uint64_t seed, std::string_view name, std::int64_t first = 0, std::int64_t second = 0);

}  // namespace velocal
