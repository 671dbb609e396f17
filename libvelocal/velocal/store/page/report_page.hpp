// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "velocal/store/page/packed_array.hpp"

namespace velocal {

/// Where the data go into the template of a report.
inline constexpr std::string_view report_data_mark = "<!--velocal-data-->";

/// A page with its data: `head` is JSON, whose "array" numbers count `arrays`. No text of the head can end or begin an
/// element of the page, whatever it holds. Throws UsageError when the template has no mark.
std::string report_page(std::string_view page_template, std::string_view head, std::span<const PackedArray> arrays);

/// The JSON of a page that report_page() has made; empty where there is none.
std::string report_head(std::string_view page);

}  // namespace velocal
