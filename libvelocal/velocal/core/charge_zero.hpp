// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace velocal::quantity {

/// Where no charge would lie above the noise baseline [DAC], by the distance of a source's lines.
inline constexpr std::string_view charge_zero = "zero";

}  // namespace velocal::quantity
