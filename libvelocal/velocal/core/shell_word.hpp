// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace velocal {

/// The argument as a shell takes it.
inline std::string shell_word(std::string_view argument) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./,:=+@%";
  if (!argument.empty() && argument.find_first_not_of(plain) == std::string_view::npos) return std::string(argument);
  std::string text = "'";
  for (const char letter : argument) text += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return text + "'";
}

/// Options as a result records them, as a shell takes them: " --from-csv 'old files' --keep-going" of
/// "--from-csv old files --keep-going". Values may have blanks, but no " --".
inline std::string shell_options(std::string_view recorded) {
  std::string text;
  while (!recorded.empty()) {
    const std::string_view option = recorded.substr(0, recorded.find(" --"));
    const std::size_t blank = std::min(option.find(' '), option.size());
    text += " " + shell_word(option.substr(0, blank));
    if (blank < option.size()) text += " " + shell_word(option.substr(blank + 1));
    recorded.remove_prefix(std::min(option.size() + 1, recorded.size()));
  }
  return text;
}

}  // namespace velocal
