// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The table of models of docs/physics.md once more, letter by letter and in long double: what the library's models
// are compared with.

namespace velocal::test {

/// F(E) as its terms, in the order of the table; 0 where a model has fewer.
std::array<long double, 3> formula_terms(std::string_view model, std::span<const long double> parameters,
                                         long double E);

/// F(E).
long double formula(std::string_view model, std::span<const long double> parameters, long double E);

/// Parameter names of a model, in the table's order, and values typical of a pixel: a line at 1548 with a width of some
/// 5 DAC and about half a hit a second. Models with two widths have a stronger shelf, which is what tells s from s2.
struct TypicalParameters {
  std::string model;
  std::vector<std::string> names;
  std::vector<double> values;
};
const std::vector<TypicalParameters>& typical_parameters();

}  // namespace velocal::test
