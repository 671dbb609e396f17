// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "budget.hpp"
#include "findings.hpp"
#include "scene.hpp"

namespace velocal::test {

/// Reads each kind of results file with one bit flipped, and as if another version of the schema had written it: that
/// has to be refused, or to give the same numbers. Returns texts for the page.
std::map<std::string, std::string> flip_bits(const Scene& scene, const Budget& budget, Findings& findings);

}  // namespace velocal::test
