// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <random>

#include "small_scan.hpp"
#include "velocal/flux/flux_settings.hpp"

namespace velocal::test {

/// A small scan on disk in which everything happens: masked pixels, a baseline, acquisitions that are good, bad, empty
/// and rejected, with counts of one to ten digits.
struct EventfulScan : SmallScan {
  EventfulScan() {
    scan.acquisitions = {1, 12};
    scan.reject.acquisitions = {{{1510, 1520}, {3, 3}}, {{1520, 1520}, {7, 12}}};
    scan.baseline_folder = "equalisation";
    scan.baseline_established = true;
    baseline.error = PixelMatrix<double>(usual_baseline_error);
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      mask[pixel] = pixel % 1001 == 0 ? 1 : 0;
      baseline.mean[pixel] = pixel % 777 == 0 ? 0.0 : 1420.0 + static_cast<double>(pixel % 13);
      baseline.width[pixel] = 5.0 + static_cast<double>(pixel % 5) / 7.0;
    }
    PixelMatrix<double> numbers;
    std::ranges::copy(mask, numbers.begin());
    write_mask(numbers);
    const auto equalisation = dataset.data_root / *scan.baseline_folder;
    write_text(baseline_path(equalisation, dataset.asic), matrix_csv(baseline.mean));
    write_text(baseline_width_path(equalisation, dataset.asic), matrix_csv(baseline.width));
    write_all(counts);
  }

  static PixelCounts counts(int threshold, int acquisition) {
    if (acquisition == 5) return PixelCounts();    // empty
    if (acquisition == 6) return PixelCounts(40);  // bad
    std::mt19937 random(static_cast<unsigned>(threshold * 100 + acquisition));
    PixelCounts counts;
    for (std::uint32_t& count : counts) count = static_cast<std::uint32_t>(random() % (acquisition % 4 == 1 ? 7 : 97));
    if (acquisition % 4 == 0) counts(17, 18) = 100'000'000 * static_cast<std::uint32_t>(acquisition);
    return counts;
  }

  FluxSettings settings() const {
    return {.threshold = scan.thresholds.values(),
            .shutter_s = scan.shutter.seconds,
            .mask = mask,
            .reject = scan.reject,
            .separation = dataset.fit.separation,
            .baseline = baseline};
  }

  PixelMask mask;
  NoiseBaseline baseline;
};

}  // namespace velocal::test
