// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>

namespace velocal {

/// SIGINT, SIGTERM, SIGHUP (the terminal was closed) or SIGXCPU (the time of a batch job is over) came while the
/// program worked. No velocal::Error: nothing is wrong with what was asked.
class Interrupted : public std::exception {
 public:
  explicit Interrupted(int signal) : signal_(signal) {}
  int signal() const noexcept { return signal_; }
  const char* what() const noexcept override { return "interrupted"; }

 private:
  int signal_;
};

/// From here on the first of these signals is remembered for throw_if_interrupted(), which also ends each wait of the
/// library, and the second ends the process at once. A reader of our output who goes away (SIGPIPE) does not stop the
/// work. A file beyond the size limit of a batch system (SIGXFSZ) becomes an error of writing it.
void catch_signals();

/// Throws Interrupted once a signal has come. Any thread may call it.
void throw_if_interrupted();

}  // namespace velocal
