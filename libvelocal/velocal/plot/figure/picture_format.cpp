// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/picture_format.hpp"

#include <fmt/format.h>

#include <array>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

constexpr std::array<std::string_view, 3> format_names{"png", "pdf", "svg"};

}  // namespace

std::string_view format_name(PictureFormat format) {
  return format_names[static_cast<std::size_t>(format)];
}

PictureFormat parse_format(std::string_view name) {
  for (std::size_t i = 0; i < format_names.size(); ++i) {
    if (format_names[i] == name) return static_cast<PictureFormat>(i);
  }
  throw UsageError(fmt::format("unknown format \"{}\"", name), "there are png, pdf, svg");
}

}  // namespace velocal
