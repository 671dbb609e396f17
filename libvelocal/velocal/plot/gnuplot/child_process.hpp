// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace velocal {

/// How another program ended and what it wrote.
struct ChildOutcome {
  int status = 0;        ///< exit status; 128 + signal when a signal ended it
  std::string output;    ///< its standard output
  std::string messages;  ///< its standard error
};

/// Runs a program found on the PATH with that standard input, and waits for its end. It gets none of our open files,
/// and signals from the terminal do not reach it; it is killed when we end, and when the waiting hook (core/wait.hpp)
/// throws. A program that stops reading is no error here. Throws OutputError, with the suggestion, when it cannot be
/// started.
ChildOutcome run_child(const std::vector<std::string>& command, std::string_view input, std::string_view suggestion);

}  // namespace velocal
