// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <string>

namespace velocal {

/// The list of a flux's inputs (FluxCube::inputs) as the array of bytes `/inputs`: a text of HDF5 would not be
/// compressed. An empty list is not written, and files older than it have none.
void write_input_list(const H5::Group& root, const std::string& inputs);
std::string read_input_list(const H5::Group& root);

}  // namespace velocal
