// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/velo_layout.hpp"

#include <charconv>

namespace velocal {
namespace {

/// Takes the prefix and a number below `end` off the text.
std::optional<int> take(std::string_view& text, std::string_view prefix, int end) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  int number = -1;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number < 0 || number >= end) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return number;
}

}  // namespace

std::optional<VeloPlace> velo_place(std::string_view asic) {
  const auto module = take(asic, "Module", velo_modules);
  const auto sensor = take(asic, "_VP", velo_sensors);
  const auto chip = take(asic, "-", velo_chips);
  if (!module || !sensor || !chip || !asic.empty()) return std::nullopt;
  return VeloPlace{*module, *sensor, *chip};
}

}  // namespace velocal
