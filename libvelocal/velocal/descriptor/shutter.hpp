// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace velocal {

/// How long the shutter of one acquisition is open: `text` as it stands in file names (`2s621ms`), `seconds` > 0.
struct Shutter {
  std::string text;
  double seconds = 0.0;
};

/// Reads `<whole seconds>s<milliseconds>ms`, `<seconds>s`, `<milliseconds>ms` or `<microseconds>us`.
/// Throws UsageError when the text is none of these or the time is 0.
Shutter parse_shutter(std::string_view text);

}  // namespace velocal
