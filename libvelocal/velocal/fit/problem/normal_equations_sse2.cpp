// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/normal_equations_kernel.hpp"

namespace velocal {

template <>
NormalEquationsKernel normal_equations_kernel_of_width<2>(Statistic statistic, std::size_t parameters) {
  return statistic == Statistic::poisson ? select_normal_equations_kernel<2, true>(parameters)
                                         : select_normal_equations_kernel<2, false>(parameters);
}

}  // namespace velocal
