// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/flux/accumulate_flux.hpp"

namespace velocal {

/// The baseline of a scan that takes a result of noise scans (`baseline: {file: ...}`), for accumulate_flux(); means
/// that were cut to integers are completed unless the scan is `established`. Empty: the scan names no such file.
/// Throws InputError when the file is missing, damaged or of another chip, or has no control scan where that is asked
/// for.
std::optional<GivenBaseline> given_baseline(const Dataset& dataset, const ScanSettings& scan);

}  // namespace velocal
