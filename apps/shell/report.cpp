// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "shell/console.hpp"

namespace velocal {

void print_json(const Json& json) {
  print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

std::string with_error(Uncertain value) {
  if (std::isnan(value.value)) return "undefined";
  return fmt::format("{:.4f} +- {:.4f}", value.value, value.error);
}

Json to_json(Uncertain value) {
  return {{"value", value.value}, {"error", value.error}};
}

std::string dispersion_text(Uncertain dispersion) {
  if (std::isnan(dispersion.value)) return "too few counts to tell";
  return fmt::format("variance of the counts {:.3f} +- {:.3f} times Poisson's", dispersion.value, dispersion.error);
}

std::string report_line(std::string_view key, std::string_view text) {
  return fmt::format("  {:<14} {}\n", key, text);
}

ReportText::ReportText(std::string_view title) : text_(fmt::format("{}\n", title)) {}

ReportText& ReportText::line(std::string_view key, std::string_view text) {
  text_ += report_line(key, text);
  return *this;
}

}  // namespace velocal
