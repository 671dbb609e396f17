// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "velocal/descriptor/source.hpp"

namespace velocal {

/// Throws UsageError, "`what` is 0 (it has to be positive and finite). `suggestion`", unless the value is.
void require_positive(std::string_view what, double value, std::string_view suggestion);

/// Throws UsageError unless the line's energy and intensity are positive and finite.
void require_emitted(const EmittedLine& line);

/// Names of the sources in docs/physics.md, "Sources", in the order of its table.
std::span<const std::string_view> built_in_source_names();

/// Lines of a built-in source, first the one of which 200 µm of silicon absorb most. The span is valid for ever.
/// Throws UsageError, with the list of names, where there is no such source.
std::span<const EmittedLine> built_in_lines(std::string_view name);

/// The line's own attenuation length [µm], else that of silicon.
/// Throws UsageError where its own is not positive and finite, or silicon's is unknown at this energy.
double attenuation_um(const EmittedLine& line);

/// Share of each line among the photons that a sensor of this thickness [µm] absorbs: intensity·(1 − exp(−d/λ)) over
/// the sum of all. Positive; they add up to 1. Throws UsageError for no line, and where an energy, an intensity, an
/// attenuation length or the thickness is not positive and finite.
std::vector<double> absorbed_shares(std::span<const EmittedLine> lines, double thickness_um);

}  // namespace velocal
