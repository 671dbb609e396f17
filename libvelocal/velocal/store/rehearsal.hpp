// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace velocal {

/// Does the work in a copy of this process first. Of the copy nothing is left, neither what it computed nor what it
/// threw; but who does the same work afterwards meets nothing that crashes.
/// HDF5 1.10 needs this: a file whose inside was changed on purpose makes it read and write where it must not, and no
/// look at the file beforehand tells (https://www.cvedetails.com/vendor/15991/Hdfgroup.html).
/// Throws Hdf5Problem when the copy crashes, or has worked for two minutes; Error of the kind `resource` when there can
/// be no copy; and what the waiting hook throws (core/wait.hpp).
void rehearse(const std::function<void()>& work);

}  // namespace velocal
