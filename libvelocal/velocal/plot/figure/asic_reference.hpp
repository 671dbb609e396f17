// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace velocal {

/// The value of the whole ASIC that pixels are compared with: of all live pixels, or of the good ones.
enum class AsicReference { asic, asic_good };

/// What pixels are compared with: the ASIC's value, or a number in the unit of theirs, which has no error.
using DiscrepancyReference = std::variant<AsicReference, double>;

/// "asic", "asic-good", "13"; throws UsageError.
DiscrepancyReference parse_discrepancy_reference(const std::string& word);
std::string reference_name(const DiscrepancyReference& reference);    ///< "asic", "asic-good", "13"
std::string reference_symbol(const DiscrepancyReference& reference);  ///< "ASIC", "ASICgood", "13"

}  // namespace velocal
