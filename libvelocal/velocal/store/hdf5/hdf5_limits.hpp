// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <cstddef>

namespace velocal {

/// To be called before anything of a file is read that others may have made. Throws Hdf5Problem when an object lies in
/// another file (external links, external or virtual arrays), when an array claims more than 4 GiB or far more than
/// `file_size` bytes can hold, or is compressed by a method that we do not use, and when there are more than 10,000
/// objects.
void require_harmless(const H5::Group& root, std::size_t file_size);

}  // namespace velocal
