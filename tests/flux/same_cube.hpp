// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/store/flux_file.hpp"

namespace velocal::test {

/// All bytes of the flux.h5 of a cube, but for the list of its inputs and the digest of that.
inline std::string flux_file_of(FluxCube cube) {
  const TemporaryFolder folder;
  cube.inputs.clear();
  cube.inputs_sha256 = "none";
  write_flux(folder.path() / "flux.h5", cube,
             {.dataset = "d", .scan = "s", .descriptor = {}, .options = {}, .inputs_sha256 = {}});
  return read_text(folder.path() / "flux.h5");
}

/// Not CHECK(a == b): what is unequal is megabytes long.
inline bool same_cube(const FluxCube& a, const FluxCube& b) {
  return flux_file_of(a) == flux_file_of(b);
}

}  // namespace velocal::test
