// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace velocal {

/// CRC-32 as zip has it.
std::uint32_t crc32(std::span<const char> bytes);

/// Compresses by deflate (RFC 1951), each text by itself; each thread has one of its own. By libdeflate.
class Deflater {
 public:
  Deflater();
  Deflater(Deflater&&) noexcept;
  ~Deflater();

  /// Valid until the next call.
  std::span<const char> pack(std::span<const char> text);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
  std::vector<char> buffer_;
};

/// Undoes that; each thread has one of its own.
class Inflater {
 public:
  Inflater();
  Inflater(Inflater&&) noexcept;
  ~Inflater();

  /// Fills `text`. False: the bytes are damaged, or the text has another size.
  bool unpack(std::span<const char> packed, std::span<char> text);

  /// Whether the bytes begin as those of gzip do.
  static bool is_gzip(std::span<const char> bytes);
  enum class Outcome { whole, damaged, too_large };
  /// Unpacks what gzip has packed (RFC 1952), also several times one after the other. `text` has the largest size that
  /// is allowed, and then the text's. Damaged: it is cut short, or a checksum is not that of the text.
  Outcome unpack_gzip(std::span<const char> packed, std::vector<char>& text);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace velocal
