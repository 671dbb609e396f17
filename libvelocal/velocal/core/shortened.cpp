// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/shortened.hpp"

namespace velocal {
namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

}  // namespace

std::string shortened(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return std::string(text);
  std::size_t head = longest * 2 / 3, tail = text.size() - longest / 3;
  while (head > 0 && continues_character(text[head])) --head;
  while (tail < text.size() && continues_character(text[tail])) ++tail;
  return std::string(text.substr(0, head)).append(" ... ").append(text.substr(tail));
}

}  // namespace velocal
