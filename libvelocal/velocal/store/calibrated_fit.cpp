// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/calibrated_fit.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"

namespace velocal {

CalibratedFit read_calibrated_fit(const ResultPaths& paths, const Provenance& expected) {
  CalibratedFit read{read_matrices(paths.matrices(), expected), read_fit(paths.fit(), expected)};
  if (read.matrices.provenance.inputs_sha256 == read.fit.sha256) return read;
  throw InputError(fmt::format("{} was not made of {}", paths.matrices().string(), paths.fit().string()),
                   "one of them was made anew meanwhile", "Run velocal-matrices, then this again");
}

}  // namespace velocal
