// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace velocal::zip {

/// Layout of a zip archive: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.5.
inline constexpr std::uint32_t local_mark = 0x04034b50, central_mark = 0x02014b50, end_mark = 0x06054b50,
                               end64_mark = 0x06064b50, locator64_mark = 0x07064b50;
inline constexpr std::size_t local_size = 30, central_size = 46, end_size = 22, end64_size = 56, locator64_size = 20;
inline constexpr std::uint16_t stored = 0, deflated = 8;
inline constexpr std::uint16_t large_field = 0x0001, time_field = 0x5455;  ///< extra fields
inline constexpr std::uint32_t elsewhere = 0xffffffff;                     ///< the 64-bit number is in the extra field
inline constexpr std::uint16_t elsewhere16 = 0xffff;
inline constexpr std::uint16_t flag_encrypted = 1, flag_utf8 = 0x0800;
inline constexpr std::uint16_t made_by_unix = 3 << 8, version_needed = 45;

/// Number at this place, lowest byte first. The caller has made sure that it lies within.
template <class T>
T number_at(std::string_view bytes, std::size_t at) {
  T number = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    number |= static_cast<T>(static_cast<T>(static_cast<unsigned char>(bytes[at + i])) << (8 * i));
  }
  return number;
}

template <class T>
void append(std::string& bytes, T number) {
  for (std::size_t i = 0; i < sizeof(T); ++i) bytes += static_cast<char>(number >> (8 * i) & 0xff);
}

}  // namespace velocal::zip
