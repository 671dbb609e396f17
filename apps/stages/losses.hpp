// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "shell/session.hpp"

namespace velocal {

/// How many of the live pixels came through.
struct KeptPixels {
  std::size_t kept;
  std::size_t live;
};

/// "N037/warm: 61.20 % of the live pixels have no gain …" where that is more than the descriptor's
/// allow.uncalibrated_pixels, or all; else empty. `what` they should have: "gain".
std::string loss_of_pixels(const Session& session, const ScanSettings& scan, KeptPixels pixels, std::string_view what);

/// "N037/warm: 7 of 12100 acquisitions are missing …" where that is more than allow.missing_acquisitions; else empty.
std::string loss_of_acquisitions(const Session& session, const ScanSettings& scan, std::size_t missing,
                                 std::size_t wanted);

}  // namespace velocal
