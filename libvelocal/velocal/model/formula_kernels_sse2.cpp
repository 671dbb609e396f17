// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/formula_kernel_templates.hpp"

namespace velocal {

template <>
FormulaKernel formula_kernel_of_width<2>(std::size_t formula) {
  return select_formula_kernel<2>(formula, std::make_index_sequence<formula_count>());
}

}  // namespace velocal
