// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/diffusion_kernel_templates.hpp"

namespace velocal::diffusion {

template <>
DiffusionKernel diffusion_kernel_of_width<4>() {
  return {&diffusion_flux<4>, &diffusion_gradient<4>};
}

}  // namespace velocal::diffusion
