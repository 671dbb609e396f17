// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "calls.hpp"
#include "child.hpp"

namespace velocal::test {

/// What the preloaded library says of a run.
struct FaultReport {
  bool failed = false;       ///< the call was made and failed
  std::size_t failures = 0;  ///< so often, where the program came to its end
  bool crashed = false;
  bool spoils_hdf5 = false;           ///< what failed is a call that HDF5 1.10 does not survive (see foreign_crash())
  std::string failed_in, crashed_in;  ///< the innermost library that is not the system's, or our program
  Calls calls;                        ///< where the program came to its end
};

FaultReport parse_report(const std::string& text);
/// The same of a file, which is removed; nothing where there is none.
FaultReport read_report(const std::filesystem::path& file);

/// The library that crashed for want of memory; empty: none, or ours. Where an allocation fails, H5FL_blk_malloc of
/// HDF5 1.10 frees all unused lists, its own new one among them (H5FL_garbage_coll), and goes on with that: memcheck
/// shows it. The crash comes later, and anywhere.
std::string foreign_crash(int reason, const FaultReport& report, const Ended& ended);

}  // namespace velocal::test
