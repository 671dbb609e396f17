// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "tree.hpp"

namespace velocal::test {

// CSV tables whose first two cells name the row, as a fault may leave them; nullptr: there was none before, or is none
// afterwards.

/// Each row is the old or the new one, and none is lost.
bool has_all_rows(const Contents& now, const Contents* before, const Contents* after);

/// As many lines as before or afterwards, the last with its end.
bool has_all_lines(const Contents& now, const Contents* before, const Contents* after);

/// Each row names the fault, or has in each place what one of the undisturbed tables has there, or no number.
bool has_true_cells(const Contents& now, const Contents* before, const Contents* after,
                    const std::function<bool(const std::string& row)>& names_fault);

}  // namespace velocal::test
