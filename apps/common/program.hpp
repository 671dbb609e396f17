// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/report.hpp"
#include "common/session.hpp"

namespace velocal {

/// An option of one program beside the common ones.
struct ProgramOption {
  std::string name;         ///< without "--"
  std::string placeholder;  ///< of its value; "" = takes none
  std::string description;
  /// Takes the value ("" without one) into the session. Throws UsageError.
  std::function<void(Session&, const std::string&)> apply;
  /// Overrides the descriptor, so that it is recorded with the result.
  bool recorded = true;
  /// With it the program takes two descriptors or more; the scans are those of the first.
  bool several_datasets = false;
};

/// What makes one program different from the others.
struct Program {
  std::string name;
  std::string sentence;  ///< what it does
  std::vector<std::string> examples;
  std::vector<ProgramOption> options;
  /// What run() will read, compute and write of a scan. Touches nothing.
  std::function<Step(const Session&, const ScanSettings&)> plan;
  /// Computes and writes what `plan` says.
  std::function<Report(const Session&, const ScanSettings&)> run;
};

/// The whole of main(): command line, descriptor, checks of what exists, `run` for each scan, results to standard
/// output, errors to standard error. Returns the exit status (docs/errors.md).
int run_program(const Program& program, int argc, const char* const* argv);

}  // namespace velocal
