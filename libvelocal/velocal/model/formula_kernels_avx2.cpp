// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/formula_kernel_templates.hpp"

namespace velocal {

template <>
FormulaKernel formula_kernel_of_width<4>(std::size_t formula) {
  return select_formula_kernel<4>(formula, std::make_index_sequence<formula_count>());
}

}  // namespace velocal
