// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/noise_scan.hpp"

#include <fmt/format.h>

#include <cassert>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/noise/counter_code.hpp"

namespace velocal {
namespace {

constexpr auto hits_of_code = counter_hits();
constexpr std::size_t rows_per_word = 4, bytes_per_word = 3;

void require_size(const std::filesystem::path& file, std::size_t bytes, const NoiseSweep& sweep) {
  const auto points = static_cast<std::size_t>(sweep.points);
  if (bytes == points * noise_frame_bytes) return;
  throw InputError(fmt::format("{} has {} bytes, not {}", file.string(), bytes, points * noise_frame_bytes),
                   fmt::format("its name says {} thresholds of {} bytes each", points, noise_frame_bytes),
                   "Copy it again from where it was recorded, or give it the name that it had there");
}

}  // namespace

void add_noise_frame(std::span<const char> frame, std::span<std::uint16_t> sums) {
  assert(frame.size() == noise_frame_bytes && sums.size() == pixel_count);
  const auto byte = [&](std::size_t index) { return static_cast<unsigned>(static_cast<unsigned char>(frame[index])); };
  std::size_t at = 0;
  for (std::size_t column = 0; column < pixel_columns; ++column) {
    for (std::size_t row = 0; row < pixel_rows; row += rows_per_word, at += bytes_per_word) {
      const unsigned word = byte(at) << 16u | byte(at + 1) << 8u | byte(at + 2);
      for (std::size_t i = 0; i < rows_per_word; ++i) {
        const unsigned code = word >> (18u - 6u * i) & 63u;
        auto& sum = sums[(row + i) * pixel_columns + column];
        sum = static_cast<std::uint16_t>(sum + hits_of_code[code]);
      }
    }
  }
}

NoiseScan read_noise_scan(const std::filesystem::path& folder, const NoiseFileName& name, int threads,
                          const ContentsSeen& seen) {
  const auto points = static_cast<std::size_t>(name.sweep.points);
  NoiseScan scan{name.sweep, {}};
  FileReader reader;
  for (const std::string& text : name.all_patterns()) {
    const auto file = folder / text;
    const std::span<const char> contents = reader.read(file);
    require_size(file, contents.size(), name.sweep);
    if (seen) seen(file, contents);
    scan.hits.resize(points * pixel_count);
    parallel_for(points, threads, [&](std::size_t point, int) {
      add_noise_frame(contents.subspan(point * noise_frame_bytes, noise_frame_bytes),
                      std::span(scan.hits).subspan(point * pixel_count, pixel_count));
    });
  }
  return scan;
}

}  // namespace velocal
