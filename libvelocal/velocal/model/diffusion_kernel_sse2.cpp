// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/diffusion_kernel_templates.hpp"

namespace velocal::diffusion {

template <>
DiffusionKernel diffusion_kernel_of_width<2>() {
  return {&diffusion_flux<2>, &diffusion_gradient<2>};
}

}  // namespace velocal::diffusion
