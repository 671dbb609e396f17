// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace velocal {

/// The value of the whole ASIC that pixels are compared with: of all live pixels, or of the good ones.
enum class AsicReference { asic, asic_good };

/// "asic", "asic-good"; throws UsageError.
AsicReference parse_asic_reference(std::string_view word);
std::string_view reference_name(AsicReference reference);    ///< "asic", "asic-good"
std::string_view reference_symbol(AsicReference reference);  ///< "ASIC", "ASICgood"

}  // namespace velocal
