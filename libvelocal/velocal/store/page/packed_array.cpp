// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/page/packed_array.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>
#include <vector>

namespace velocal {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are packed as they lie in memory");

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::span<const unsigned char> bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t given = std::min<std::size_t>(3, bytes.size() - i);
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < given ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k <= given ? digits[group >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

/// Bytes of like weight are like each other, and compress better side by side.
template <class T>
std::vector<unsigned char> shuffled(std::span<const T> values) {
  std::vector<unsigned char> bytes(values.size_bytes());
  const auto* const from = reinterpret_cast<const unsigned char*>(values.data());
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t k = 0; k < sizeof(T); ++k) bytes[k * values.size() + i] = from[i * sizeof(T) + k];
  }
  return bytes;
}

std::vector<unsigned char> compressed(std::span<const unsigned char> bytes) {
  uLongf size = compressBound(bytes.size());
  std::vector<unsigned char> result(size);
  // Its only failure is a lack of memory.
  if (compress2(result.data(), &size, bytes.data(), bytes.size(), 6) != Z_OK) throw std::bad_alloc();
  result.resize(size);
  return result;
}

template <class T>
PackedArray packed_as(const char* type, std::span<const T> values) {
  return {type, values.size(), base64(compressed(shuffled(values)))};
}

template <class T, class From>
std::vector<T> converted(std::span<const From> values) {
  std::vector<T> result(values.size());
  std::ranges::transform(values, result.begin(), [](From value) { return static_cast<T>(value); });
  return result;
}

}  // namespace

PackedArray packed(std::span<const std::uint8_t> values) {
  return packed_as("u1", values);
}

PackedArray packed(std::span<const std::int8_t> values) {
  return packed_as("i1", values);
}

PackedArray packed(std::span<const float> values) {
  return packed_as("f4", values);
}

PackedArray packed(std::span<const std::uint32_t> values) {
  const std::uint32_t largest = values.empty() ? 0 : std::ranges::max(values);
  if (largest < 1U << 8) return packed_as<std::uint8_t>("u1", converted<std::uint8_t>(values));
  if (largest < 1U << 16) return packed_as<std::uint16_t>("u2", converted<std::uint16_t>(values));
  return packed_as("u4", values);
}

PackedArray packed(std::span<const double> values) {
  return packed_as<float>("f4", converted<float>(values));
}

}  // namespace velocal
