// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "shell/json.hpp"
#include "velocal/core/uncertain.hpp"

namespace velocal {

/// A summary of results, for people and for programs.
struct Report {
  std::string text;
  Json json;
  std::string loss = {};  ///< more was lost than the user allows: what, in a sentence; the program ends with 6
};

/// Prints the document that --json asks for to the standard output. Throws as print() does.
void print_json(const Json& json);

/// "12.9321 +- 0.0044", or "undefined".
std::string with_error(Uncertain value);
Json to_json(Uncertain value);
/// "variance of the counts 1.38 +- 0.01 times Poisson's", or that it cannot be told.
std::string dispersion_text(Uncertain dispersion);

/// "  key    text", the texts of several lines aligned.
std::string report_line(std::string_view key, std::string_view text);

/// Such lines below a title.
class ReportText {
 public:
  explicit ReportText(std::string_view title);
  ReportText& line(std::string_view key, std::string_view text);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace velocal
