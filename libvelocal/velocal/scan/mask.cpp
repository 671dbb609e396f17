// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/mask.hpp"

#include <algorithm>
#include <system_error>

#include "velocal/scan/matrix_parser.hpp"

namespace velocal {
namespace {

PixelMask mask_of(const PixelMatrix<double>& values) {
  PixelMask mask;
  std::ranges::transform(values, mask.begin(), [](double value) { return value > 0.0 ? 1 : 0; });
  return mask;
}

}  // namespace

std::optional<PixelMask> read_mask(const std::filesystem::path& file, const ContentsSeen& seen) {
  // A link that leads nowhere is no missing mask: reading it says so.
  std::error_code error;
  if (std::filesystem::symlink_status(file, error).type() == std::filesystem::file_type::not_found) return std::nullopt;
  return mask_of(read_matrix_csv(file, seen));
}

PixelMask parse_mask(std::span<const char> contents, const std::filesystem::path& file) {
  return mask_of(parse_matrix_csv(contents, file));
}

}  // namespace velocal
