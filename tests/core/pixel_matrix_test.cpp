// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/pixel_matrix.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace velocal;

TEST_CASE("a matrix is row-major: one line of a file after the other") {
  CHECK(pixel_count == 65536);
  CHECK(Pixel{0, 255}.index() == 255);
  CHECK(Pixel{1, 0}.index() == 256);
  CHECK(Pixel{3, 7}.index() == 775);
  CHECK(Pixel{255, 255}.index() == 65535);
  CHECK(Pixel::at(775) == Pixel{3, 7});

  PixelMatrix<int> matrix;
  matrix(3, 7) = 5;
  CHECK(matrix[775] == 5);
  CHECK(matrix(7, 3) == 0);
  CHECK(matrix.data()[775] == 5);
  CHECK(matrix.values()[775] == 5);
}

TEST_CASE("index and position are each other's inverse") {
  for (std::size_t index = 0; index < pixel_count; ++index) {
    const Pixel pixel = Pixel::at(index);
    if (pixel.index() != index || pixel.row < 0 || pixel.row > 255 || pixel.column < 0 || pixel.column > 255) {
      FAIL("index " << index << " became row " << pixel.row << ", column " << pixel.column);
    }
  }
}

TEST_CASE("a matrix has one value a pixel, zero or as filled, and compares by value") {
  const PixelMatrix<double> zeros;
  const PixelMatrix<double> filled(2.5);
  CHECK(std::ranges::count(zeros, 0.0) == 65536);
  CHECK(std::ranges::count(filled, 2.5) == 65536);
  CHECK(zeros != filled);
  PixelMatrix<double> copy = filled;
  CHECK(copy == filled);
  copy(255, 255) = 0.0;
  CHECK(copy != filled);
  CHECK(filled(255, 255) == 2.5);
}
