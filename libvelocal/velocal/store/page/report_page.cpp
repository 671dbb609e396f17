// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/page/report_page.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

constexpr std::string_view head_begin = "<script type=\"application/json\" id=\"report\">";

/// In JSON, "<" and ">" stand in texts only, where their escapes mean the same.
std::string without_markup(std::string_view json) {
  std::string text;
  text.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      text += "\\u003c";
    } else if (c == '>') {
      text += "\\u003e";
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

std::string report_head(std::string_view page) {
  const std::size_t begin = page.find(head_begin);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = page.substr(begin + head_begin.size());
  return std::string(rest.substr(0, rest.find("</script>")));
}

std::string report_page(std::string_view page_template, std::string_view head, std::span<const PackedArray> arrays) {
  const std::size_t mark = page_template.find(report_data_mark);
  if (mark == std::string_view::npos) throw UsageError("the template of a report has no place for its data");
  std::string page(page_template.substr(0, mark));
  page += fmt::format("{}{}</script>\n", head_begin, without_markup(head));
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    page += fmt::format("<script type=\"text/plain\" id=\"array{}\" data-type=\"{}\" data-size=\"{}\">", i,
                        arrays[i].type, arrays[i].size);
    page += arrays[i].text;
    page += "</script>\n";
  }
  page += page_template.substr(mark + report_data_mark.size());
  return page;
}

}  // namespace velocal
