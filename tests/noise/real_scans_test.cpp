// SPDX-License-Identifier: GPL-3.0-or-later
// Two scans of one real chip, which lie beside the project or nowhere. The figures are those of their description.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <numeric>

#include "support/source_tree.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/noise/noise_scan.hpp"
#include "velocal/noise/pixel_noise.hpp"

using namespace velocal;

namespace {

const std::filesystem::path archives = test::source_tree() / ".." / "shared" / "noise-scan";

NoiseFileName scan_of_module(int module) {
  return {fmt::format("Module{}_VP0-0", module), "Trim0", {1360, 2, 55}};
}

bool scans_are_there() {
  if (std::filesystem::exists(archives / (scan_of_module(1).text() + ".xz"))) return true;
  std::cout << "SKIPPED: there are no real noise scans in " << archives << "\n";
  return false;
}

NoiseScan read_real(int module) {
  const test::TemporaryFolder folder;
  const std::string name = scan_of_module(module).text();
  const std::string command =
      fmt::format("xz -dc '{}.xz' > '{}'", (archives / name).string(), (folder.path() / name).string());
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  return read_noise_scan(folder.path(), scan_of_module(module));
}

/// A column of the table, with half of its last digit.
struct Described {
  int module;
  std::uint64_t hits;
  double mean, mean_spread, width, width_spread;
  std::size_t saturated;
  double sum_of_means;
  std::uint32_t pixel_hits;
  double pixel_mean, pixel_width;
  std::size_t cut_off;
};

std::size_t pixels_that_reach_63(const NoiseScan& scan) {
  std::size_t pixels = 0;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    bool full = false;
    for (std::size_t at = i; at < scan.hits.size(); at += pixel_count) full = full || scan.hits[at] == 63;
    if (full) ++pixels;
  }
  return pixels;
}

void check(const Described& expected) {
  CAPTURE(expected.module);
  const NoiseScan scan = read_real(expected.module);
  const PixelNoise noise = pixel_noise(scan, "established");
  CHECK(noise.count(NoiseStatus::no_hits) == 1409);
  CHECK(noise.count(NoiseStatus::one_hit) == 264);
  CHECK(std::accumulate(noise.hits.begin(), noise.hits.end(), std::uint64_t{0}) == expected.hits);
  const auto means = finite_values(noise.mean.values()), widths = finite_values(noise.width.values());
  CHECK(moments(means).mean == Approx(expected.mean).margin(0.005));
  CHECK(moments(means).standard_deviation == Approx(expected.mean_spread).margin(0.005));
  CHECK(moments(widths).mean == Approx(expected.width).margin(0.0005));
  CHECK(moments(widths).standard_deviation == Approx(expected.width_spread).margin(0.0005));
  CHECK(std::accumulate(means.begin(), means.end(), 0.0) == expected.sum_of_means);
  CHECK(pixels_that_reach_63(scan) == expected.saturated);
  const std::size_t pixel = Pixel{1, 1}.index();
  CHECK(noise.hits[pixel] == expected.pixel_hits);
  CHECK(noise.mean[pixel] == expected.pixel_mean);
  CHECK(noise.width[pixel] == Approx(expected.pixel_width).margin(0.00005));
  CHECK(noise.count(NoiseStatus::cut_off) ==
        expected.cut_off);  // a mere regression: the description has no such figure
}

/// More than 50 hits, and no reading above 5 at the first and last three thresholds.
bool is_whole(const NoiseScan& scan, const PixelNoise& noise, std::size_t pixel) {
  const auto points = static_cast<std::size_t>(scan.sweep.points);
  for (const std::size_t point : {std::size_t{0}, std::size_t{1}, std::size_t{2}, points - 3, points - 2, points - 1}) {
    if (scan.hits[point * pixel_count + pixel] > 5) return false;
  }
  return noise.hits[pixel] > 50;
}

}  // namespace

TEST_CASE("the established estimator gives the figures of the real scans") {
  if (!scans_are_there()) return;
  check({1, 43'242'739, 1297.97, 28.72, 7.747, 1.826, 59'607, 83'234'853, 783, 1307, 9.0228, 10'157});
  check({2, 43'363'065, 1298.22, 28.67, 7.790, 1.883, 59'609, 83'250'778, 809, 1306, 9.3771, 10'150});
}

TEST_CASE("two scans of one chip differ as much as the errors say", "[thorough]") {
  if (!scans_are_there()) return;
  const NoiseScan first = read_real(1), second = read_real(2);
  for (const char* estimator : {"moments", "censored"}) {
    const PixelNoise a = pixel_noise(first, estimator), b = pixel_noise(second, estimator);
    std::vector<double> differences;
    std::vector<double> errors;
    for (std::size_t i = 0; i < pixel_count; ++i) {
      if (!is_whole(first, a, i) || !is_whole(second, b, i)) continue;
      differences.push_back(b.mean[i] - a.mean[i]);
      errors.push_back(std::hypot(a.error[i], b.error[i]));
    }
    const Moments drift = moments(finite_values(differences));
    std::vector<double> pulls;
    for (std::size_t k = 0; k < differences.size(); ++k) pulls.push_back((differences[k] - drift.mean) / errors[k]);
    const Moments pull = moments(finite_values(pulls));
    CAPTURE(estimator);
    CHECK(drift.count == 39'705);
    CHECK(drift.mean == Approx(0.281).margin(0.0005));
    const double repeatability = drift.standard_deviation / std::sqrt(2.0);
    if (std::string_view(estimator) == "moments") {
      CHECK(repeatability == Approx(0.318).margin(0.0005));
      CHECK(pull.standard_deviation == Approx(1.025).margin(0.01));
    } else {  // the flanks say more, but real readings scatter more than Poisson's
      CHECK(repeatability < 0.314);
      CHECK(pull.standard_deviation == Approx(1.10).margin(0.01));
    }
  }
}
