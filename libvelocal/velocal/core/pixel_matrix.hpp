// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "velocal/core/error.hpp"

namespace velocal {

/// A VeloPix ASIC has 256 x 256 pixels; a CSV line is a row, a CSV field a column.
inline constexpr int pixel_rows = 256;
inline constexpr int pixel_columns = 256;                                            ///< columns of the chip
inline constexpr std::size_t pixel_count = std::size_t{pixel_rows} * pixel_columns;  ///< 65,536

/// Position of a pixel; row and column both 0...255.
struct Pixel {
  int row = 0;
  int column = 0;

  /// The pixel of that index, 0...65535; columns run faster.
  static constexpr Pixel at(std::size_t index) {
    return {static_cast<int>(index / pixel_columns), static_cast<int>(index % pixel_columns)};
  }
  /// row * 256 + column
  constexpr std::size_t index() const {
    return static_cast<std::size_t>(row) * pixel_columns + static_cast<std::size_t>(column);
  }
  constexpr bool operator==(const Pixel&) const = default;
};

/// One value a pixel, row-major: index = row * 256 + column, as in the files.
template <class T>
class PixelMatrix {
 public:
  /// As containers have it.
  using value_type = T;

  /// All pixels have the value T{}: 0 for numbers.
  PixelMatrix() : PixelMatrix(T{}) {}
  /// All pixels have the value `fill`.
  explicit PixelMatrix(T fill) : values_(pixel_count, fill) {}
  /// Takes 256 x 256 values, row-major. Throws UsageError when there are more or fewer.
  explicit PixelMatrix(std::vector<T> values) : values_(std::move(values)) {
    if (is_whole()) return;
    throw UsageError(std::to_string(values_.size()) + " values are no pixel matrix", "it has 256 x 256",
                     "Give one value a pixel, row after row");
  }

  /// Value of a pixel; row and column have to be 0...255.
  T& operator()(int row, int column) { return (*this)[Pixel{row, column}.index()]; }
  /// Value of a pixel; row and column have to be 0...255.
  const T& operator()(int row, int column) const { return (*this)[Pixel{row, column}.index()]; }
  /// Value of the pixel of that index, which has to be below size().
  T& operator[](std::size_t index) {
    assert(index < pixel_count);
    return values_[index];
  }
  /// Value of the pixel of that index, which has to be below size().
  const T& operator[](std::size_t index) const {
    assert(index < pixel_count);
    return values_[index];
  }

  /// False for a matrix that has been moved from: it has no values, and can only be assigned to or destroyed.
  bool is_whole() const { return values_.size() == pixel_count; }

  T* data() { return values_.data(); }                         ///< size() values, row after row
  const T* data() const { return values_.data(); }             ///< size() values, row after row
  static constexpr std::size_t size() { return pixel_count; }  ///< 65,536
  auto begin() { return values_.begin(); }                     ///< over the values, row after row
  auto end() { return values_.end(); }                         ///< past the last value
  auto begin() const { return values_.begin(); }               ///< over the values, row after row
  auto end() const { return values_.end(); }                   ///< past the last value
  std::span<const T> values() const { return values_; }  ///< row after row; valid as long as the matrix is not changed
  bool operator==(const PixelMatrix&) const = default;

 private:
  std::vector<T> values_;
};

/// 1 = masked by the equalisation, 0 = live.
using PixelMask = PixelMatrix<std::uint8_t>;

}  // namespace velocal
