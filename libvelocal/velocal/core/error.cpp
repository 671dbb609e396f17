// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/error.hpp"

namespace velocal {

std::string error_message(std::string_view problem, std::string_view reason, std::string_view suggestion) {
  std::string text(problem);
  if (!reason.empty()) text.append(" (").append(reason).append(")");
  if (!suggestion.empty()) text.append(". ").append(suggestion);
  return text;
}

}  // namespace velocal
