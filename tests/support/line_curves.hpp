// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace velocal::test {

/// A curve of the file: sigma [um], s and target [DAC], and "Ka" or "Ka+Kb".
using CurveName = std::array<std::string, 4>;

/// Threshold above the baseline [DAC], and F/R.
using CurvePoints = std::vector<std::array<double, 2>>;

/// Curves that were integrated from first principles elsewhere; the file lies beside the checkout.
std::filesystem::path line_curves_file();

/// Says that the test is skipped where there is no such file.
bool have_line_curves();

std::map<CurveName, CurvePoints> read_line_curves();

}  // namespace velocal::test
