// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "velocal/store/hdf5/hdf5_image.hpp"

namespace velocal {

/// The file is HDF5, and has no seal.
class SealMissing : public Hdf5Problem {
 public:
  SealMissing() : Hdf5Problem("/", "another program wrote or changed it") {}
};

/// HDF5 1.10 crashes on some damaged files, and in others takes a lost piece for zeros. So we put into HDF5's "user
/// block", 512 bytes ahead of its own that every HDF5 reader skips, the SHA-256 of what follows, and compare before
/// HDF5 sees a byte.
std::vector<std::byte> sealed(std::span<const std::byte> image);

/// The HDF5 image of a sealed file. Throws SealMissing, and Hdf5Problem when the bytes are not those that were sealed
/// or are no HDF5 file.
std::span<const std::byte> unsealed(std::span<const std::byte> file);

/// The HDF5 image of a file that another program may have changed: no seal is compared. Throws Hdf5Problem when there
/// is none.
std::span<const std::byte> image_in(std::span<const std::byte> file);

}  // namespace velocal
