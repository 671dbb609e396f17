// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/diffusion_kernel.hpp"

#include <cassert>

#include "velocal/model/diffusion_kernel_templates.hpp"

namespace velocal::diffusion {

DiffusionKernel diffusion_kernel(SimdLevel level) {
  assert(simd_level_available(level));
  switch (level) {
#if defined(__x86_64__) && defined(__GLIBC__)
    case SimdLevel::sse2: return diffusion_kernel_of_width<2>();
    case SimdLevel::avx2: return diffusion_kernel_of_width<4>();
    case SimdLevel::avx512: return diffusion_kernel_of_width<8>();
#endif
    default: return {&diffusion_flux<1>, &diffusion_gradient<1>};
  }
}

}  // namespace velocal::diffusion
