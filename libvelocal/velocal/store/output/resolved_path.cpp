// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/resolved_path.hpp"

namespace velocal {

std::filesystem::path resolved_path(std::filesystem::path path, std::error_code& error) {
  constexpr int most_links = 40;  // as the system has it
  for (int links = 0; links < most_links; ++links) {
    const auto type = std::filesystem::symlink_status(path, error).type();
    if (type == std::filesystem::file_type::not_found) error.clear();
    if (error || type != std::filesystem::file_type::symlink) return path;
    const std::filesystem::path target = std::filesystem::read_symlink(path, error);
    if (error) return path;
    path = path.parent_path() / target;  // an absolute one takes the place of all
  }
  error = std::make_error_code(std::errc::too_many_symbolic_link_levels);
  return path;
}

}  // namespace velocal
