// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/budget.hpp"

#include <cmath>

namespace velocal {
namespace {

double common_sum(const Budget& budget, double BudgetRow::*quantity) {
  double sum = 0.0;
  for (const BudgetRow& row : budget.rows) {
    if (row.common) sum = std::hypot(sum, row.*quantity);
  }
  return sum;
}

}  // namespace

double Budget::common_target() const {
  return common_sum(*this, &BudgetRow::target);
}

double Budget::common_gain() const {
  return common_sum(*this, &BudgetRow::gain);
}

}  // namespace velocal
