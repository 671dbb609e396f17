// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <vector>

#include "velocal/fit/curves/shared_parameters.hpp"
#include "velocal/model/photon_source.hpp"

namespace velocal {

/// Group `source`: the lines that the model was fitted with, or the gains made of, the pair energy, the sensor.
void write_source(const H5::Group& root, const PhotonSource& source);
/// Files older than the group were fitted with one line, and do not say which: that of Fe-55 as it was by default.
PhotonSource read_source(const H5::Group& root);

/// Group `shared`: a group a parameter, in the order of the attribute `names`. Without any, nothing is written.
void write_shared(const H5::Group& root, const std::vector<SharedParameter>& shared);
std::vector<SharedParameter> read_shared(const H5::Group& root);

}  // namespace velocal
