// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/accumulate_flux.hpp"

#include <fmt/format.h>
#if defined(__x86_64__)
#include <xxh_x86dispatch.h>
#else
#include <xxhash.h>
#endif

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/flux/asic_curve.hpp"
#include "velocal/scan/acquisition_hits.hpp"
#include "velocal/scan/acquisition_quality.hpp"
#include "velocal/scan/counts_parser.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/file_reader.hpp"
#include "velocal/scan/mask.hpp"
#include "velocal/scan/required_files.hpp"

namespace velocal {
namespace {

/// What one threshold gives beside its counts.
struct ThresholdSums {
  AcquisitionTally tally;
  std::array<std::vector<std::uint64_t>, pixel_groups.size()> hits;  ///< of each good acquisition, by group
  std::string inputs;                                                ///< name, size and hash of each file read
};

std::string file_line(std::string_view name, std::span<const char> text) {
  return fmt::format("{} {} {:016x}\n", name, text.size(), XXH3_64bits(text.data(), text.size()));
}

/// Sums the acquisitions of one threshold after another; one object a thread.
class ThresholdAccumulator {
 public:
  ThresholdAccumulator(const Dataset& dataset, const ScanSettings& scan, const PixelMask& mask, Progress& progress)
      : dataset_(dataset), scan_(scan), mask_(mask), progress_(progress) {}

  ThresholdSums operator()(int threshold, std::span<std::uint32_t> total) {
    ThresholdSums sums;
    for (int a = 0; a < scan_.acquisitions.count; ++a) {
      add_acquisition(threshold, scan_.acquisitions.first + a, total, sums);
      progress_.advance(1);
    }
    add_subtotal(total);
    for (const std::size_t pixel : masked_) total[pixel] = 0;
    return sums;
  }

 private:
  void add_acquisition(int threshold, int acquisition, std::span<std::uint32_t> total, ThresholdSums& sums) {
    if (is_rejected(scan_.reject, threshold, acquisition)) {
      ++sums.tally.rejected;
      return;
    }
    name_ = acquisition_file_name(dataset_.asic, scan_.shutter.text, threshold, acquisition);
    const auto text = reader_.read(name_);
    sums.inputs += file_line(name_, text);
    const bool small = parse_small_counts(text, small_);
    if (!small) parse_counts(text, folder_ / name_, counts_);
    const AcquisitionHits hits = small ? hits_of(small_, masked_) : hits_of(counts_, masked_);
    switch (quality_of(hits, mask_, scan_.reject)) {
      case AcquisitionQuality::rejected: break;
      case AcquisitionQuality::empty: ++sums.tally.empty; break;
      case AcquisitionQuality::bad: ++sums.tally.bad; break;
      case AcquisitionQuality::good:
        ++sums.tally.good;
        small ? add_small(total) : add(counts_, total);
        const GroupSums by_group = group_hits(hits, pattern_);
        for (std::size_t group = 0; group < by_group.size(); ++group) sums.hits[group].push_back(by_group[group]);
    }
  }

  /// Small counts are added up in a byte first, as many as it holds: a quarter of the memory to go through.
  void add_small(std::span<std::uint32_t> total) {
    if (subtotal_bound_ + small_.bound > 255) add_subtotal(total);
    add_small_counts(small_, subtotal_);
    subtotal_bound_ += small_.bound;
  }

  void add_subtotal(std::span<std::uint32_t> total) {
    if (subtotal_bound_ == 0) return;
    add(subtotal_, total);
    std::ranges::fill(subtotal_, std::uint8_t{0});
    subtotal_bound_ = 0;
  }

  template <class Count>
  void add(const PixelMatrix<Count>& counts, std::span<std::uint32_t> total) const {
    bool overflow = false;
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      total[pixel] += counts[pixel];
      overflow |= mask_[pixel] == 0 && total[pixel] < counts[pixel];
    }
    if (overflow) {
      throw InputError(
          fmt::format("{}: the hits of a pixel add up to more than 4294967295", (folder_ / name_).string()),
          "sums are kept in 32 bits", "Reject the acquisitions with such counts");
    }
  }

  const Dataset& dataset_;
  const ScanSettings& scan_;
  const PixelMask& mask_;
  std::vector<std::size_t> masked_ = masked_pixels(mask_);
  SeparationPattern pattern_ = dataset_.fit.separation;
  Progress& progress_;
  std::filesystem::path folder_ = scan_folder(dataset_, scan_);
  std::string name_;
  FileReader reader_{folder_};
  SmallCounts small_;
  PixelCounts counts_;
  PixelMatrix<std::uint8_t> subtotal_;
  int subtotal_bound_ = 0;  ///< no sum in it is larger
};

void set_asic_curves(FluxCube& cube, const std::vector<ThresholdSums>& sums, double shutter_s) {
  const GroupSums pixels = contributing_pixels(cube.mask, cube.separation);
  for (std::size_t group = 0; group < pixels.size(); ++group) {
    for (std::size_t t = 0; t < sums.size(); ++t) {
      const Uncertain flux = asic_flux(sums[t].hits[group], shutter_s, pixels[group]);
      cube.asic[group].threshold.push_back(cube.threshold[t]);
      cube.asic[group].flux.push_back(flux.value);
      cube.asic[group].error.push_back(flux.error);
    }
  }
}

std::string file_line(const std::filesystem::path& file) {
  FileReader reader(file.parent_path());
  return file_line(file.filename().string(), reader.read(file.filename()));
}

/// Sets mask and baseline; returns the lines of their files.
std::string read_equalisation(const Dataset& dataset, const ScanSettings& scan, FluxCube& cube) {
  std::string inputs;
  if (auto mask = read_mask(mask_path(dataset, scan))) {
    cube.mask = std::move(*mask);
    inputs += file_line(mask_path(dataset, scan));
  } else {
    cube.mask_found = false;
  }
  if (scan.baseline_folder) {
    const auto folder = dataset.data_root / *scan.baseline_folder;
    cube.baseline = read_noise_baseline(folder, dataset.asic);
    inputs += file_line(baseline_path(folder, dataset.asic)) + file_line(baseline_width_path(folder, dataset.asic));
  }
  return inputs;
}

}  // namespace

FluxCube accumulate_flux(const Dataset& dataset, const ScanSettings& scan, int threads, Progress& progress) {
  FluxCube cube;
  cube.threshold = scan.thresholds.values();
  cube.separation = dataset.fit.separation;
  const std::size_t thresholds = cube.threshold.size();
  std::string inputs;
  const std::array<std::function<void()>, 3> preparations{
      [&] { require_acquisitions(dataset, scan); }, [&] { inputs = read_equalisation(dataset, scan, cube); },
      [&] { cube.counts.resize(thresholds * pixel_count); }};  // 32 MB to be cleared
  parallel_for(preparations.size(), threads, [&](std::size_t i, int) { preparations[i](); });

  std::vector<ThresholdSums> sums(thresholds);
  std::vector<ThresholdAccumulator> accumulators(static_cast<std::size_t>(worker_count(thresholds, threads)),
                                                 ThresholdAccumulator(dataset, scan, cube.mask, progress));
  progress.start("reading", thresholds * static_cast<std::size_t>(scan.acquisitions.count), "files");
  parallel_for(thresholds, threads, [&](std::size_t t, int worker) {
    sums[t] = accumulators[static_cast<std::size_t>(worker)](
        cube.threshold[t], std::span(cube.counts).subspan(t * pixel_count, pixel_count));
  });
  progress.finish();

  for (const ThresholdSums& sum : sums) {
    cube.live_time_s.push_back(sum.tally.good * scan.shutter.seconds);
    cube.acquisitions.push_back(sum.tally);
    inputs += sum.inputs;
  }
  set_asic_curves(cube, sums, scan.shutter.seconds);
  cube.inputs_sha256 = sha256_hex(std::as_bytes(std::span(inputs)));
  return cube;
}

}  // namespace velocal
