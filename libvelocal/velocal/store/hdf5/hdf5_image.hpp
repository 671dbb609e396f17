// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <cstddef>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace velocal {

/// Thrown for what is wrong with one object of an HDF5 file. Those who know the file's path make one of our errors of
/// it.
class Hdf5Problem : public std::runtime_error {
 public:
  Hdf5Problem(std::string object, const std::string& reason) : std::runtime_error(reason), object_(std::move(object)) {}
  const std::string& object() const { return object_; }

 private:
  std::string object_;
};

/// The bytes of an HDF5 file that `fill` writes; the same for the same calls. HDF5 does not get to write to a file
/// system: on a full disk version 1.10 loses data without a word, or crashes when it closes the file. Throws
/// Hdf5Problem.
std::vector<std::byte> hdf5_image(const std::function<void(H5::Group& root)>& fill);

/// Calls `parse` with the root of the file. Throws Hdf5Problem, also when the bytes are no HDF5 file, or one that could
/// do harm (hdf5_limits.hpp). HDF5 reads it twice, first in a copy of the process (rehearsal.hpp): `parse` must do
/// nothing but read.
void read_hdf5_image(std::span<const std::byte> image, const std::function<void(const H5::Group& root)>& parse);

/// The bytes of the file once `change` has changed it. Throws Hdf5Problem.
std::vector<std::byte> changed_hdf5_image(std::span<const std::byte> image,
                                          const std::function<void(H5::Group& root)>& change);

/// Properties with which arrays, groups and the file itself are created: no time stamps; attributes and members are
/// listed in the order in which they were written.
/// (HDF5's newer file format stays off: in its superblock H5Fget_file_image of 1.10.8 leaves a wrong checksum.)
void set_object_creation(hid_t properties);
void set_group_creation(hid_t properties);

/// The innermost reason of this thread's last failure, which H5::Exception does not carry. Throws std::bad_alloc when
/// that was a lack of memory: nothing is wrong with the file then.
std::string hdf5_reason(const H5::Exception& exception);

/// Runs `work`. Throws Hdf5Problem with the path of the object for what HDF5 finds wrong.
template <class Work>
auto told_of(const std::string& object, Work&& work) {
  try {
    return work();
  } catch (const H5::Exception& exception) {
    throw Hdf5Problem(object, hdf5_reason(exception));
  }
}

}  // namespace velocal
