// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace velocal {

/// Numbers as the page of velocal-report holds them (docs/file-formats.md, "report.html"): little-endian, the first
/// bytes of all, then their second bytes and so on, compressed by zlib, in base64.
struct PackedArray {
  std::string type;      ///< "u1", "i1", "u2", "u4", "i4", "f4": unsigned, signed or real, and its bytes
  std::size_t size = 0;  ///< number of values
  std::string text;      ///< base64, without line ends
};

/// The values themselves.
PackedArray packed(std::span<const std::uint8_t> values);
PackedArray packed(std::span<const std::int8_t> values);
PackedArray packed(std::span<const float> values);
/// In the smallest of "u1", "u2" and "u4" that holds all of them.
PackedArray packed(std::span<const std::uint32_t> values);
/// As "f4": about seven digits. NaN stays NaN.
PackedArray packed(std::span<const double> values);
/// As "f4", rounded to twelve significant bits, which is to 0.012 %. Nobody sees more of an error, and the bits that
/// are zero take no room. NaN and infinity stay what they are.
PackedArray packed_errors(std::span<const double> errors);

}  // namespace velocal
