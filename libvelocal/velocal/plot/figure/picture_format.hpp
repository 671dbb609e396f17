// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace velocal {

enum class PictureFormat { png, pdf, svg };

/// "png", "pdf", "svg": also the ending of the file's name.
std::string_view format_name(PictureFormat format);
/// Throws UsageError naming the formats there are.
PictureFormat parse_format(std::string_view name);

}  // namespace velocal
