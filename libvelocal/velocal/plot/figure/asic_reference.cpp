// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/asic_reference.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"

namespace velocal {

AsicReference parse_asic_reference(std::string_view word) {
  for (const AsicReference reference : {AsicReference::asic, AsicReference::asic_good}) {
    if (reference_name(reference) == word) return reference;
  }
  throw UsageError(fmt::format("unknown reference of a discrepancy {:?}", word), "there are asic, asic-good");
}

std::string_view reference_name(AsicReference reference) {
  return reference == AsicReference::asic ? "asic" : "asic-good";
}

std::string_view reference_symbol(AsicReference reference) {
  return reference == AsicReference::asic ? "ASIC" : "ASICgood";
}

}  // namespace velocal
