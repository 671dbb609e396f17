// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "child.hpp"

namespace velocal::test {

/// What became of a copy of a program, in which one of its calls failed (branches.c of the preloaded library).
struct Branch {
  std::size_t number = 0;  ///< of the call
  Ended ended;
  std::string report;          ///< what the preloaded library says of it
  bool changed_files = false;  ///< it is the last one then: the program cannot go on from there
};

/// Runs the command, whose environment names the kind of call and the reason, once for as many of these numbers as can
/// be: copies are made until the program itself is about to change a file. `numbers` are sorted. Files for it to read
/// and write lie in `scratch`.
std::vector<Branch> run_branches(Command command, const std::vector<std::size_t>& numbers,
                                 const std::filesystem::path& scratch);

}  // namespace velocal::test
