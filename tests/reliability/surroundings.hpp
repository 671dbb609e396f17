// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "budget.hpp"
#include "findings.hpp"
#include "scene.hpp"

namespace velocal::test {

/// Full and read-only file systems, foreign users, small limits, a full standard output. What cannot be had here is
/// skipped, and said so. Returns texts for the page.
std::map<std::string, std::string> change_surroundings(const Scene& scene, const Budget& budget, Findings& findings);

}  // namespace velocal::test
