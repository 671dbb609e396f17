// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace velocal {

/// HDF5 1.10 crashes on some damaged files, and in others takes a lost piece for zeros. So we put into HDF5's "user
/// block", 512 bytes ahead of its own that every HDF5 reader skips, the SHA-256 of what follows, and compare before
/// HDF5 sees a byte.
std::vector<std::byte> sealed(std::span<const std::byte> image);

/// The HDF5 image of a file; a file without seal (rewritten by other tools) is taken as it is.
/// Throws Hdf5Problem when the bytes are not those that were sealed.
std::span<const std::byte> unsealed(std::span<const std::byte> file);

}  // namespace velocal
