// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/file_type.hpp"

#include <fmt/format.h>

#include <string>
#include <system_error>

#include "velocal/core/error.hpp"
#include "velocal/core/system_failure.hpp"

namespace velocal {

std::filesystem::file_type file_type_of(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::file_type type = std::filesystem::status(path, error).type();
  if (!error || type == std::filesystem::file_type::not_found) return type;
  const std::string problem = fmt::format("cannot read {}", path.string());
  throw_if_exhausted(problem, error.value());
  throw InputError(problem, error.message());
}

}  // namespace velocal
