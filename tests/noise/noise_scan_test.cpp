// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/noise_scan.hpp"

#include <catch2/catch.hpp>

#include "support/files.hpp"
#include "support/noise_files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/noise/counter_code.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

/// Frames whose pixels all differ from their neighbours; readings 0...63.
std::vector<test::NoiseFrame> patterned(int points) {
  std::vector<test::NoiseFrame> frames(static_cast<std::size_t>(points));
  for (std::size_t k = 0; k < frames.size(); ++k) {
    for (std::size_t i = 0; i < pixel_count; ++i) frames[k][i] = static_cast<int>((i * 7 + i / 256 * 5 + k * 11) % 64);
  }
  return frames;
}

const NoiseFileName four_points{"M_V", "Trim0", {100, 2, 4}, 1, 1};

}  // namespace

TEST_CASE("the counter's states are those that the detector's manual lists") {
  constexpr auto hits = counter_hits();
  CHECK(hits[0x00] == 0);
  CHECK(hits[0x04] == 3);
  CHECK(hits[0x03] == 7);
  CHECK(hits[0x20] == 63);
  std::array<int, 64> seen{};
  for (const std::uint8_t count : hits) ++seen.at(count);
  CHECK(std::ranges::count(seen, 1) == 64);
}

TEST_CASE("what was encoded bit by bit is read, pixel by pixel, on any number of threads") {
  const test::TemporaryFolder folder;
  const auto frames = patterned(4);
  test::write_text(folder.path() / four_points.text(), test::encoded(frames));
  const NoiseScan scan = read_noise_scan(folder.path(), four_points, 1);
  REQUIRE(scan.hits.size() == 4 * pixel_count);
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    for (std::size_t i = 0; i < pixel_count; ++i)
      if (scan.hits[k * pixel_count + i] != frames[k][i]) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(read_noise_scan(folder.path(), four_points, 3).hits == scan.hits);
}

TEST_CASE("masking patterns are summed, whichever of them is named") {
  const test::TemporaryFolder folder;
  auto even = patterned(4), odd = even;
  const auto all = even;
  for (std::size_t k = 0; k < 4; ++k) {
    for (std::size_t i = 0; i < pixel_count; ++i) (i % 2 == 0 ? odd : even)[k][i] = 0;
  }
  NoiseFileName name = four_points;
  name.patterns = 2;
  test::write_text(folder.path() / name.text(), test::encoded(even));
  name.pattern = 2;
  CHECK_THROWS_WITH(read_noise_scan(folder.path(), name), Contains("2of2.dat") && Contains("No such file"));
  test::write_text(folder.path() / name.text(), test::encoded(odd));
  std::vector<std::string> files;
  const auto seen = [&](const auto& file, auto) { files.push_back(file.filename().string()); };
  const NoiseScan scan = read_noise_scan(folder.path(), name, 0, seen);
  for (std::size_t i = 0; i < pixel_count; i += 97) CHECK(scan.hits[3 * pixel_count + i] == all[3][i]);
  CHECK(files ==
        std::vector<std::string>{"M_V_ECS_Scan_Trim0_100_2_4_1of2.dat", "M_V_ECS_Scan_Trim0_100_2_4_2of2.dat"});
}

TEST_CASE("a file of another size than its name says is refused") {
  const test::TemporaryFolder folder;
  for (const std::size_t size : {std::size_t{0}, 4 * noise_frame_bytes - 1, 5 * noise_frame_bytes}) {
    test::write_text(folder.path() / four_points.text(), std::string(size, '\0'));
    CHECK_THROWS_AS(read_noise_scan(folder.path(), four_points), InputError);
    CHECK_THROWS_WITH(
        read_noise_scan(folder.path(), four_points),
        Contains("has " + std::to_string(size) + " bytes, not 196608 (its name says 4 thresholds of 49152"));
  }
}
