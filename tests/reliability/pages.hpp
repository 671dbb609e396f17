// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "tree.hpp"

namespace velocal::test {

/// Whether a page of velocal-report is whole, and each number, array of pixels and text in its data stands in the
/// undisturbed page at that place, too; a text may also be one that `is_explained`. What a list has at which place in
/// it does not count, save in that of scans.
bool has_true_leaves(const Contents& page, const Contents* undisturbed,
                     const std::function<bool(const std::string& text)>& is_explained);

}  // namespace velocal::test
