// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace velocal {

/// Does the work in a copy of this process first. Of the copy nothing is left, neither what it computed nor what it
/// threw; but who does the same work afterwards meets nothing that crashes.
/// HDF5 1.10 needs this: a file whose inside was changed on purpose makes it read and write where it must not, or never
/// come to an end, and no look at the file beforehand tells (tests/fuzz/fuzz_results.cpp finds such files in seconds).
/// Other threads may work meanwhile, where their locks survive a fork(), as those of glibc's memory do. In the copy
/// there is only the thread that made it: a lock that another one holds at that moment stays held there.
/// Throws Hdf5Problem when the copy crashes, or has computed for a minute; Error of the kind `resource` when there can
/// be no copy, when it wants more than 8 GiB of memory, or more than there is, when it is killed, and when it stands
/// still for five minutes, twice; and what the waiting hook throws (core/wait.hpp). Returns whether the copy is known
/// to have done the work, without an exception.
bool rehearse(const std::function<void()>& work);

}  // namespace velocal
