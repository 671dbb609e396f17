// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "budget.hpp"
#include "findings.hpp"
#include "scene.hpp"

namespace velocal::test {

/// Runs the fuzz targets, where they have been built (preset fuzz): those that read text, and that of results files.
/// Returns texts for the page.
std::map<std::string, std::string> fuzz_texts(const Scene& scene, const Budget& budget, Findings& findings);
std::map<std::string, std::string> fuzz_results(const Scene& scene, const Budget& budget, Findings& findings);

}  // namespace velocal::test
