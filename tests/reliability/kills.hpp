// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "budget.hpp"
#include "findings.hpp"
#include "scene.hpp"

namespace velocal::test {

/// SIGKILL, SIGINT and SIGTERM at drawn moments of each program. Returns texts for the page.
std::map<std::string, std::string> kill_programs(const Scene& scene, const Budget& budget, Findings& findings);

}  // namespace velocal::test
