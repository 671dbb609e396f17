// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

namespace velocal::test {

/// How a program ended and what it said.
struct Outcome {
  int status = -1;  ///< exit status; 128 + signal when a signal killed it
  std::string out;
  std::string err;
};

/// Where a program runs; the test's own environment is handed on.
struct Surroundings {
  std::filesystem::path folder = {};                    ///< working directory; empty: the test's
  std::map<std::string, std::string> environment = {};  ///< added
  std::string standard_output = {};                     ///< file to write to; empty: captured; "-": closed
  std::string terminal_input = {};  ///< not empty: standard input and error are a terminal where this is typed
};

/// With the Nth call of a kind failing (tests/support/failing_calls).
Surroundings with_failing_calls(const std::string& fault);

bool contains(const std::string& text, const std::string& part);

/// Waits for it, at most ten seconds.
bool happens(const std::function<bool()>& condition);

/// One of our programs (`velocal-flux`, ...), running.
class RunningProgram {
 public:
  RunningProgram(const std::string& program, const std::vector<std::string>& arguments,
                 const Surroundings& surroundings = {});
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  /// Waits until its messages contain the text. False when it ends before, or after a minute.
  bool says(const std::string& text);
  void send(int signal) const;
  Outcome wait();

 private:
  bool has_ended();
  void read_terminal();

  TemporaryFolder captured_;
  pid_t pid_ = -1;
  int terminal_ = -1;  ///< the test's end
  int status_ = -1;
  std::string terminal_text_;
};

/// Whether there are pseudo-terminals, as terminal_input needs.
bool can_open_terminal();

Outcome run(const std::string& program, const std::vector<std::string>& arguments,
            const Surroundings& surroundings = {});

}  // namespace velocal::test
