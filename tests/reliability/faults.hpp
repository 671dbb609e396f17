// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "budget.hpp"
#include "findings.hpp"
#include "scene.hpp"

namespace velocal::test {

/// A call that fails (tests/support/failing_calls). Adding one is one line in faults.cpp.
struct Fault {
  std::string call;   ///< as the preloaded library knows it; several with commas between them
  int reason;         ///< errno; 0: half of the work is done
  std::string times;  ///< likewise: "once", "on" (all later calls, too), "alternately" (every second one), "killed"
  std::string text() const;
};
extern const std::vector<Fault> faults;

/// Environment in which a program meets the fault at its Nth such call.
std::map<std::string, std::string> environment_with(const Fault& fault, std::size_t number,
                                                    const std::filesystem::path& report);

/// Environment in which a program's calls are counted, and what was counted then; the report is removed.
std::map<std::string, std::string> environment_to_count(const std::filesystem::path& report);
Calls calls_in(const std::filesystem::path& report);

/// Every call of the kind ("read") fails in turn, in each program; of allocations ("memory"), of which there are
/// thousands, the first 300 and as many drawn ones. Returns how many have failed.
std::size_t inject_faults(const std::string& call, const Scene& scene, const Budget& budget, Findings& findings);

/// The first allocation of each place in the program's code (of the same callers) fails with all later ones. Returns
/// how many have failed. An hour or two for all programs.
std::size_t fail_each_place(const std::string& program, const Scene& scene, const Budget& budget, Findings& findings);

/// Each allocation of the program fails, once, and with all later ones. Returns how many have failed. More than a
/// day for all.
std::size_t fail_every_allocation(const std::string& program, const Scene& scene, const Budget& budget,
                                  Findings& findings);

/// What is only interrupted, or does a part of its work, is no failure: each program has to do all of its own. All
/// reads, writes and locks are interrupted, every second one in a run and the others in another. The text for the page
/// says how many.
std::map<std::string, std::string> interrupt_calls(const Scene& scene, const Budget& budget, Findings& findings);

/// Each program is killed before each call that changes a file, so that every state is tried that it may leave. The
/// text for the page says how often.
std::map<std::string, std::string> kill_at_calls(const Scene& scene, const Budget& budget, Findings& findings);

}  // namespace velocal::test
