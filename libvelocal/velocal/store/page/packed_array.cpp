// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/page/packed_array.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
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

/// Bytes of noise repeat by chance only: zlib looks for few repetitions, and often adapts how it codes a byte.
std::vector<unsigned char> compressed(std::span<const unsigned char> bytes) {
  constexpr int level = 6, largest_window = 15, small_blocks = 6;
  z_stream stream{};
  // Its only failure is a lack of memory.
  if (deflateInit2(&stream, level, Z_DEFLATED, largest_window, small_blocks, Z_FILTERED) != Z_OK)
    throw std::bad_alloc();
  std::vector<unsigned char> result(deflateBound(&stream, bytes.size()));
  stream.next_in = const_cast<unsigned char*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = result.data();
  stream.avail_out = static_cast<uInt>(result.size());
  deflate(&stream, Z_FINISH);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

float rounded_to_twelve_bits(double value) {
  constexpr std::uint32_t dropped = 1U << 12;
  const auto single = static_cast<float>(value);
  if (!std::isfinite(single)) return single;
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(single) + dropped / 2) & ~(dropped - 1));
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

PackedArray packed_errors(std::span<const double> errors) {
  std::vector<float> rounded(errors.size());
  std::ranges::transform(errors, rounded.begin(), rounded_to_twelve_bits);
  return packed_as<float>("f4", rounded);
}

}  // namespace velocal
