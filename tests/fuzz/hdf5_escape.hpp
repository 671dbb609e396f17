// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace velocal::fuzz {

/// Does the work, and leaves it when HDF5 crashes in it, or computes when the work has taken more than so many
/// milliseconds of processor time. What HDF5 holds at that moment is lost: some memory and an open file. A crash
/// elsewhere, and a loop of our own, are left to libFuzzer. Each time a line, "crash" or "hang", is added to the file
/// that VELOCAL_FUZZ_ESCAPES names.
void escape_from_hdf5(int longest_ms, const std::function<void()>& work);

}  // namespace velocal::fuzz
