// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/normal_equations_kernel.hpp"

namespace velocal {

template <>
NormalEquationsKernel normal_equations_kernel_of_width<4>(std::size_t statistic, std::size_t parameters) {
  return select_normal_equations_kernel<4>(statistic, parameters, std::make_index_sequence<statistic_count>());
}

}  // namespace velocal
