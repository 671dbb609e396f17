// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// An option of one program beside the common ones.
struct ProgramOption {
  std::string name;         ///< without "--"
  std::string placeholder;  ///< stands for its value in the help; "" = takes none
  std::string description;
  /// Takes the value ("" without one) into the session. Throws UsageError.
  std::function<void(Session&, const std::string&)> apply;
  /// It overrides the descriptor, and is recorded with the result.
  bool recorded = true;
  /// With it the program takes two descriptors or more; the scans are those of the first.
  bool several_datasets = false;
  /// It may be given more than once; `apply` takes one value after the other.
  bool repeatable = false;
};

/// A word before the descriptors that says what is to be done.
struct LeadingWord {
  std::string placeholder;  ///< "": the program takes none
  std::string list;         ///< the words there are and what they mean, for the help
  /// Takes the word. Throws UsageError when there is no such word.
  std::function<void(const std::string&)> apply;
  /// Whether the word takes more descriptors than one; the scans are those of the first. Throws as `apply` does.
  std::function<bool(const std::string&)> several_datasets;
};

/// What makes one program different from the others.
struct Program {
  std::string name;
  std::string sentence;  ///< what it does
  std::vector<std::string> examples;
  std::vector<ProgramOption> options;
  /// What `run` will read, compute and write of a scan. Changes nothing.
  std::function<Step(const Session&, const ScanSettings&)> plan;
  /// Computes and writes what `plan` says.
  std::function<Report(const Session&, const ScanSettings&)> run;
  LeadingWord word = {};
  /// Whether `plan` and `run` are called once for all scans, with the first; empty: they are called for each.
  std::function<bool(const Session&)> scans_together = {};
  /// Whether `plan` and `run` are called once for all chips of a descriptor that has many; empty: for each chip.
  std::function<bool(const Session&)> chips_together = {};
  bool logged = true;  ///< what writes results adds each run to the log beside them (RunLog)
};

/// The whole of main(): command line, descriptor, checks of what exists, `run` for each scan, results to standard
/// output, errors to standard error. Returns the exit status (docs/errors.md).
int run_program(const Program& program, int argc, const char* const* argv);

}  // namespace velocal
