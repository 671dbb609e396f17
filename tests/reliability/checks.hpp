// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "child.hpp"
#include "findings.hpp"
#include "scene.hpp"

namespace velocal::test {

/// A run under a fault, and what it left.
struct Trial {
  const Case& of;
  const Ended& ended;
  const Tree& now;
  int signal = 0;               ///< that it was sent
  bool crashed_abroad = false;  ///< inside a library that is not ours
  bool removes = true;          ///< whether files can be removed at all
  bool is_exhausted = false;    ///< there is too little memory, or there are too few open files
  std::string reason{};         ///< the system's word for what failed: "Input/output error"; empty: nothing has to
  bool may_look_again = false;  ///< a look at a file failed: who opens it is told what there is
  bool is_not_safe = false;     ///< a file or folder could not be made safe on the disk
};

/// What must hold after each run. Adding one is one line in checks.cpp.
struct Check {
  std::string violation;  ///< what to say where it does not hold
  bool (*holds)(const Trial& trial);
};
extern const std::vector<Check> checks;

/// Adds the checks that do not hold; `fault` and `how` say what was done to the program.
void check(const Trial& trial, const std::string& fault, const std::string& how, Findings& findings);

/// Some files are new, or lie beside them, and others are not.
bool is_half_done(const Tree& now, const Case& of);

/// The program runs once more, undisturbed, and its files have to be as if nothing had happened before.
void check_recovery(const Scene& scene, const Case& of, const std::filesystem::path& folder, const std::string& fault,
                    const std::string& how, Findings& findings);

}  // namespace velocal::test
