// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/small_counts_kernel.hpp"

namespace velocal {

#if defined(__x86_64__) && defined(__GLIBC__)
template struct SmallCountsKernel<SimdLevel::avx512>;
#endif

}  // namespace velocal
