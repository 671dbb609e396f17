// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/system_failure.hpp"

#include <cerrno>
#include <system_error>

#include "velocal/core/error.hpp"

namespace velocal {

std::string system_reason(int error_number) {
  return std::generic_category().message(error_number);
}

void throw_if_exhausted(std::string_view problem, int error_number) {
  std::string_view way_out;
  if (error_number == EMFILE) way_out = "Raise the limit of open files (ulimit -n), or use fewer threads";
  if (error_number == ENFILE) way_out = "The whole computer has too many open files. Close other programs";
  if (error_number == ENOMEM) way_out = "Use fewer threads, or close other programs";
  if (way_out.empty()) return;
  throw Error(ErrorKind::resource, error_message(problem, system_reason(error_number), way_out));
}

}  // namespace velocal
