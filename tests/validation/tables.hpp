// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "study.hpp"

namespace velocal::test {

// Markdown tables of a study, a line break at the end of each line but the last. Numbers that are worse than hoped
// (hopes.hpp) are bold.

std::string outcome_table(const Study& study, const std::string& statistic);
std::string pull_table(const Study& study, const std::string& statistic);
std::string coverage_table(const Study& study, const std::string& statistic);
std::string statistics_table(const Study& study);
std::string brightness_table(const Study& study);
std::string other_model_table(const Study& study);

/// What of the Poisson fits is worse than hoped: one item of a list a quantity.
std::string shortfalls(const Study& study);

/// Standard deviations of the numbers in the tables, from the numbers of pixels behind them.
std::string uncertainties(const Study& study);

}  // namespace velocal::test
