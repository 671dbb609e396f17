// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "budget.hpp"
#include "findings.hpp"
#include "scene.hpp"

namespace velocal::test {

/// Runs each program under valgrind's memcheck, and as the preset tsan builds it with the thread sanitizer. Only the
/// long run does so. Returns texts for the page.
std::map<std::string, std::string> watch_memory(const Scene& scene, const Budget& budget, Findings& findings);
std::map<std::string, std::string> watch_threads(const Scene& scene, const Budget& budget, Findings& findings);

}  // namespace velocal::test
