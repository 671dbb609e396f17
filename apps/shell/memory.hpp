// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace velocal {

/// From here on some memory is kept back. It is given free when no other is left, so that the error can be told.
void keep_memory_reserve();

/// While it lives, an end of the program by exit() counts as a lack of memory: HDF5 ends programs so.
class WorkWithHdf5 {
 public:
  WorkWithHdf5();
  ~WorkWithHdf5();
  WorkWithHdf5(const WorkWithHdf5&) = delete;
  WorkWithHdf5& operator=(const WorkWithHdf5&) = delete;
};

/// HDF5 crashes when exit() lets it close what a lack of memory kept it from finishing.
[[noreturn]] void end_without_exit_handlers(int status) noexcept;

/// Says that the memory has run out, without using any, and returns the exit status for it.
int out_of_memory() noexcept;

}  // namespace velocal
