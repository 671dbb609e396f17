// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace velocal::test {

/// Whether this is built with a sanitizer, which has to be loaded before all else and takes memory without limit.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif

}  // namespace velocal::test
