// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_arrays.hpp"

#include "shell/signals.hpp"
#include "velocal/core/parallel_for.hpp"

namespace velocal {

std::vector<PackedArray> ReportArrays::pack(int threads) const {
  std::vector<PackedArray> arrays(packers_.size());
  parallel_for(packers_.size(), threads, [&](std::size_t i, int) {
    throw_if_interrupted();
    arrays[i] = packers_[i]();
  });
  return arrays;
}

}  // namespace velocal
