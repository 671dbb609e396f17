// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace velocal {

/// A YAML file as read: what messages quote.
struct SourceText {
  std::string name;
  std::vector<std::string> lines;  ///< without their ends
};

/// Where something stands; line and byte count from 0.
struct Place {
  std::shared_ptr<const SourceText> source;
  std::size_t line = 0;
  std::size_t byte = 0;
};

/// Throws DescriptorError: `file:line:column: path: problem`, the source line, a caret, and the suggestion if any.
[[noreturn]] void fail_at(const Place& place, std::string_view path, std::string_view problem,
                          std::string_view suggestion = {});

/// Splits a file's text into lines. Throws DescriptorError at what is no UTF-8 text, and at a tab that indents.
std::shared_ptr<const SourceText> read_source(const std::string& name, std::string_view text);

}  // namespace velocal
