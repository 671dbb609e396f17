// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/fit/scan_fit.hpp"

// Numbers as the replaced analysis lays them out.

namespace velocal {

/// What stands for a pixel without a value: failed fits have 0 there, fluxes without live time are no number.
inline constexpr std::string_view failed_as_zero = "0";
inline constexpr std::string_view undefined_as_nan = "nan";

/// 256 lines of 256 numbers of nine digits, separated by commas; `for_undefined` stands for NaN.
std::string matrix_text(const PixelMatrix<double>& matrix, std::string_view for_undefined);

/// A line a number of twelve digits; `nan` where undefined.
std::string list_text(std::span<const double> numbers);

/// A table with the head `popt<name>, Value ,Uncertainty`: the parameters, then the target. Numbers read back exactly.
std::string parameters_text(std::string_view name, const CurveFit& fit, Uncertain target);

}  // namespace velocal
