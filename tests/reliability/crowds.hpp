// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "budget.hpp"
#include "findings.hpp"
#include "scene.hpp"

namespace velocal::test {

/// Twenty programs at once write their rows into one collection; also where the system has no locks, where it
/// says that one failed which is had, and through links. Returns texts for the page.
std::map<std::string, std::string> write_in_crowds(const Scene& scene, const Budget& budget, Findings& findings);

}  // namespace velocal::test
