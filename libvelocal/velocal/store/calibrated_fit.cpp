// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/calibrated_fit.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"

namespace velocal {

void require_made_of(const ReadFile& later, const ReadFile& earlier) {
  if (later.provenance.inputs_sha256 == earlier.sha256) return;
  throw InputError(fmt::format("{} was not made of {}", later.path.string(), earlier.path.string()),
                   "one of them was made anew meanwhile", fmt::format("Run velocal-{}, then this again", later.stage));
}

CalibratedFit read_calibrated_fit(const ResultPaths& paths, const Provenance& expected) {
  CalibratedFit read{read_matrices(paths.matrices(), expected), read_fit(paths.fit(), expected)};
  require_made_of({paths.matrices(), "matrices", read.matrices}, {paths.fit(), "fit", read.fit});
  return read;
}

}  // namespace velocal
