// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/source_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "velocal/core/error.hpp"
#include "velocal/core/shortened.hpp"

namespace velocal {
namespace {

bool is_control_but_tab(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
}

/// The text without what would change the terminal or begin a new line.
std::string printable(std::string_view text) {
  std::string clean(text);
  std::replace_if(clean.begin(), clean.end(), is_control_but_tab, '?');
  return clean;
}

/// What a message shows of a line: all, or so much around the byte that it stays readable.
std::string_view excerpt(std::string_view line, std::size_t& byte) {
  constexpr std::size_t longest = 240, before = 120;
  if (line.size() <= longest) return line;
  std::size_t begin = byte < before ? 0 : std::min(byte, line.size()) - before;
  while (begin > 0 && begin < line.size() && (static_cast<unsigned char>(line[begin]) & 0xC0u) == 0x80u) --begin;
  byte = std::min(byte, line.size()) - begin;
  return line.substr(begin, longest);
}

/// The line up to that byte with every character blank, so that a caret behind it stands under the byte.
std::string indent_to(std::string_view line, std::size_t byte) {
  std::string blanks;
  for (const char c : line.substr(0, byte)) {
    const bool continues_character = (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
    if (!continues_character) blanks += c == '\t' ? '\t' : ' ';
  }
  return blanks;
}

/// Bytes of the UTF-8 character at the front of a text that is not empty; 0: none stands there.
std::size_t utf8_length(std::string_view text) {
  const unsigned lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length > text.size()) return 0;
  for (const char c : text.substr(1, length > 0 ? length - 1 : 0)) {
    if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) return 0;
  }
  return length;
}

/// Refuses what the parser would misread in silence: byte 4 ends the file for it, other control characters are text,
/// and a tab may pass for indentation.
void check_characters(const std::shared_ptr<const SourceText>& source) {
  for (std::size_t line = 0; line < source->lines.size(); ++line) {
    const std::string_view text = source->lines[line];
    const std::size_t indent = text.find_first_not_of(" \t");
    const std::size_t tab = text.find('\t');
    if (indent != text.npos && tab < indent && text[indent] != '#') {
      fail_at({source, line, tab}, "", "a tab in the indentation (YAML takes spaces only)");
    }
    for (std::size_t byte = 0; byte < text.size();) {
      const unsigned code = static_cast<unsigned char>(text[byte]);
      if (is_control_but_tab(text[byte])) {
        fail_at({source, line, byte}, "", fmt::format("a control character (byte 0x{:02X})", code));
      }
      const std::size_t length = utf8_length(text.substr(byte));
      if (length == 0) fail_at({source, line, byte}, "", fmt::format("not UTF-8 text (byte 0x{:02X})", code));
      byte += length;
    }
  }
}

}  // namespace

void fail_at(const Place& place, std::string_view path, std::string_view problem, std::string_view suggestion) {
  const SourceText& source = *place.source;
  const std::string line = printable(place.line < source.lines.size() ? source.lines[place.line] : std::string_view());
  const std::size_t column = indent_to(line, place.byte).size() + 1;
  std::size_t byte = place.byte;
  const std::string_view shown = excerpt(line, byte);
  throw DescriptorError(fmt::format("{}:{}:{}: {}{}{}\n{}\n{}^{}{}", source.name, place.line + 1, column,
                                    shortened(printable(path)), path.empty() ? "" : ": ", shortened(problem), shown,
                                    indent_to(shown, byte), suggestion.empty() ? "" : "\n", suggestion));
}

std::shared_ptr<const SourceText> read_source(const std::string& name, std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // byte order mark
  auto source = std::make_shared<SourceText>();
  source->name = name;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    source->lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  check_characters(source);
  return source;
}

}  // namespace velocal
