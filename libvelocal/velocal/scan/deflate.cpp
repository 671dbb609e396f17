// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/deflate.hpp"

#include <libdeflate.h>

#include <new>

namespace velocal {
namespace {

/// Level 1 packs in half the time, but is read more slowly. Higher ones pack a few percent better, in three times the
/// time (docs/performance.md, "Archives").
constexpr int level = 4;

template <class T>
T* require(T* allocated) {
  if (allocated == nullptr) throw std::bad_alloc();
  return allocated;
}

}  // namespace

std::uint32_t crc32(std::span<const char> bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

struct Deflater::Handle {
  ~Handle() { libdeflate_free_compressor(get); }
  libdeflate_compressor* get = require(libdeflate_alloc_compressor(level));
};

Deflater::Deflater() : handle_(std::make_unique<Handle>()) {}
Deflater::Deflater(Deflater&&) noexcept = default;
Deflater::~Deflater() = default;

std::span<const char> Deflater::pack(std::span<const char> text) {
  buffer_.resize(libdeflate_deflate_compress_bound(handle_->get, text.size()));
  const std::size_t size =
      libdeflate_deflate_compress(handle_->get, text.data(), text.size(), buffer_.data(), buffer_.size());
  return std::span(buffer_).first(size);
}

struct Inflater::Handle {
  ~Handle() { libdeflate_free_decompressor(get); }
  libdeflate_decompressor* get = require(libdeflate_alloc_decompressor());
};

Inflater::Inflater() : handle_(std::make_unique<Handle>()) {}
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater::~Inflater() = default;

bool Inflater::unpack(std::span<const char> packed, std::span<char> text) {
  return libdeflate_deflate_decompress(handle_->get, packed.data(), packed.size(), text.data(), text.size(), nullptr) ==
         LIBDEFLATE_SUCCESS;
}

bool Inflater::is_gzip(std::span<const char> bytes) {
  return bytes.size() > 1 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

Inflater::Outcome Inflater::unpack_gzip(std::span<const char> packed, std::vector<char>& text) {
  std::size_t size = 0;
  while (!packed.empty()) {
    std::size_t taken = 0, got = 0;
    const auto result = libdeflate_gzip_decompress_ex(handle_->get, packed.data(), packed.size(), text.data() + size,
                                                      text.size() - size, &taken, &got);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE) return Outcome::too_large;
    if (result != LIBDEFLATE_SUCCESS) return Outcome::damaged;
    packed = packed.subspan(taken);
    size += got;
  }
  text.resize(size);
  return Outcome::whole;
}

}  // namespace velocal
