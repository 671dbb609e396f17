// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/noise_files.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "support/files.hpp"

namespace velocal::test {
namespace {

/// The counter's six bits after so many hits.
unsigned counter(int hits) {
  std::string bits = "000000";
  for (int hit = 0; hit < hits; ++hit) {
    const bool five_empty = bits.substr(1) == "00000";
    const bool next = (bits[0] == '1') != (bits[1] == '1');
    bits = bits.substr(1) + (next != five_empty ? '1' : '0');
  }
  return static_cast<unsigned>(std::stoul(bits, nullptr, 2));
}

double density(double x, double width) {
  return std::exp(-0.5 * x * x / (width * width));
}

}  // namespace

std::string encoded(const std::vector<NoiseFrame>& frames) {
  std::vector<unsigned> codes;
  for (int hits = 0; hits < 64; ++hits) codes.push_back(counter(hits));
  std::string bytes;
  unsigned bits = 0;
  int filled = 0;
  for (const NoiseFrame& frame : frames) {
    for (int column = 0; column < pixel_columns; ++column) {
      for (int row = 0; row < pixel_rows; ++row) {
        bits = bits << 6U | codes.at(static_cast<std::size_t>(frame(row, column)));
        for (filled += 6; filled >= 8; filled -= 8) bytes += static_cast<char>(bits >> (filled - 8) & 255U);
      }
    }
  }
  return bytes;
}

std::vector<NoiseFrame> draw_noise(const NoiseTruth& truth, const NoiseSweep& sweep, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<NoiseFrame> frames(static_cast<std::size_t>(sweep.points));
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (truth.peak[i] == 0.0) continue;
    for (int k = 0; k < sweep.points; ++k) {
      const double distance = sweep.highest - k * sweep.step - truth.mean[i];
      const double expected = truth.peak[i] * density(distance, truth.width[i]);
      if (expected < 1e-9) continue;
      const int hits = expected > 200.0 ? 63 : std::poisson_distribution<int>(expected)(random);
      frames[static_cast<std::size_t>(k)][i] = std::min(hits, 63);
    }
  }
  return frames;
}

std::string write_noise_scan(const std::filesystem::path& folder, const NoiseFileName& name, const NoiseTruth& truth,
                             std::uint64_t seed) {
  write_text(folder / name.text(), encoded(draw_noise(truth, name.sweep, seed)));
  return name.text();
}

NoiseTruth DrawnEqualisation::at_trim(const PixelMatrix<std::uint8_t>& trim) const {
  NoiseTruth truth = trim0;
  for (std::size_t i = 0; i < pixel_count; ++i) truth.mean[i] += trim[i] / 15.0 * (trimF.mean[i] - trim0.mean[i]);
  return truth;
}

DrawnEqualisation drawn_equalisation(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> spread(0.0, 5.0);
  DrawnEqualisation drawn;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    drawn.trim0.mean[i] = 1300.0 + spread(random);
    drawn.trimF.mean[i] = 1360.0 + spread(random);
    if (Pixel::at(i).row % 8 == 0) drawn.trim0.peak[i] = drawn.trimF.peak[i] = 40.0;
  }
  return drawn;
}

}  // namespace velocal::test
