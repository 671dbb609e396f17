// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/asic_reference.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <system_error>

#include "velocal/core/error.hpp"

namespace velocal {

DiscrepancyReference parse_discrepancy_reference(const std::string& word) {
  for (const AsicReference reference : {AsicReference::asic, AsicReference::asic_good}) {
    if (reference_name(reference) == word) return reference;
  }
  double number = 0.0;
  const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error == std::errc{} && stop == word.data() + word.size() && std::isfinite(number)) return number;
  throw UsageError(fmt::format("unknown reference of a discrepancy {:?}", word), "there are asic, asic-good, a number");
}

std::string reference_name(const DiscrepancyReference& reference) {
  if (const double* number = std::get_if<double>(&reference)) return fmt::format("{}", *number);
  return std::get<AsicReference>(reference) == AsicReference::asic ? "asic" : "asic-good";
}

std::string reference_symbol(const DiscrepancyReference& reference) {
  if (const double* number = std::get_if<double>(&reference)) return fmt::format("{}", *number);
  return std::get<AsicReference>(reference) == AsicReference::asic ? "ASIC" : "ASICgood";
}

}  // namespace velocal
