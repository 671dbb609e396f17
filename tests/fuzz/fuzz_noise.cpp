// SPDX-License-Identifier: GPL-3.0-or-later
// Names of noise scans, which have to come out as they went in, and their frames against a decoder that steps the
// counter hit by hit.
#include <algorithm>
#include <array>
#include <vector>

#include "fuzz.hpp"
#include "velocal/noise/noise_scan.hpp"

namespace velocal::fuzz {
namespace {

/// Hits of each state of the counter: the bits as digits.
std::array<int, 64> plain_code() {
  std::array<int, 64> hits{};
  std::string bits = "000000";
  for (int hit = 0; hit < 64; ++hit) {
    hits[std::stoul(bits, nullptr, 2)] = hit;
    const bool next = (bits[0] == '1') != (bits[1] == '1');
    bits = bits.substr(1) + (next != (bits.substr(1) == "00000") ? '1' : '0');
  }
  return hits;
}

/// The bytes as often as it takes to fill a frame.
std::string frame_of(std::string_view bytes) {
  std::string frame;
  while (!bytes.empty() && frame.size() < noise_frame_bytes) frame += bytes;
  frame.resize(noise_frame_bytes);
  return frame;
}

VELOCAL_PLAIN void check_frame(std::string_view bytes) {
  static const auto code = plain_code();
  const std::string frame = frame_of(bytes);
  std::vector<std::uint16_t> sums(pixel_count, 7);
  add_noise_frame(frame, sums);
  for (std::size_t i = 0; i < pixel_count; ++i) {  // pixels as the file has them: column by column
    unsigned state = 0;
    for (std::size_t bit = 6 * i; bit < 6 * i + 6; ++bit) {
      state = 2 * state + (static_cast<unsigned char>(frame[bit / 8]) >> (7 - bit % 8) & 1u);
    }
    const std::size_t pixel = i % pixel_rows * pixel_columns + i / pixel_rows;
    require(sums[pixel] == 7 + code[state]);
  }
}

void check_name(std::string_view name) {
  try {
    const NoiseFileName parsed = parse_noise_file_name(name);
    require(parsed.text() == name);
    require(parsed.pattern >= 1 && parsed.pattern <= parsed.patterns && parsed.sweep.points >= 1);
  } catch (const InputError&) {
  }
}

}  // namespace
}  // namespace velocal::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace velocal::fuzz;
  const std::string_view text = text_of(data, size);
  check_name(text.substr(0, text.find('\n')));
  if (is_chosen(text)) check_frame(text);
  return 0;
}
