// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/formula_kernels.hpp"

namespace velocal {

template <std::size_t W>
FormulaKernel formula_kernel_of_width(std::size_t formula);

FormulaKernel formula_kernel([[maybe_unused]] std::size_t formula, SimdLevel level) {
  if (!simd_level_available(level)) return {};
  switch (level) {
    case SimdLevel::scalar: return {};
#if defined(__x86_64__) && defined(__GLIBC__)
    case SimdLevel::sse2: return formula_kernel_of_width<2>(formula);
    case SimdLevel::avx2: return formula_kernel_of_width<4>(formula);
    case SimdLevel::avx512: return formula_kernel_of_width<8>(formula);
#else
    default: return {};
#endif
  }
  return {};
}

}  // namespace velocal
