// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "physical_study.hpp"

namespace velocal::test {

// Markdown tables of a study of pixels from first principles, as in tables.hpp.

std::string promise_table(const PhysicalStudy& study);
std::string formula_gain_range(const PhysicalStudy& study);  ///< [%] of those with one width, at the longest exposure
std::string largest_shift(const PhysicalStudy& study);       ///< [DAC] of the physical curve's targets, but at 20 s
std::string short_shift(const PhysicalStudy& study);         ///< [DAC] of the whole chip's at 20 s
std::string gain_shift_table(const PhysicalStudy& study);
std::string physical_model_table(const PhysicalStudy& study);
std::string physical_truth_table(const PhysicalStudy& study);
std::string sigma_pull_table(const PhysicalStudy& study);
std::string mistake_table(const PhysicalStudy& study);
std::string begin_table(const PhysicalStudy& study);

}  // namespace velocal::test
