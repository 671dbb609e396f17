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
#include <memory>
#include <string>
#include <utility>
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
    const bool small = add_small(text, total);
    if (!small) parse_counts(text, folder_ / name_, counts_);
    const AcquisitionHits hits = small ? hits_of(small_, masked_, masked_hits_) : hits_of(counts_, masked_);
    const AcquisitionQuality quality = quality_of(hits, mask_, scan_.reject);
    if (quality == AcquisitionQuality::good) {
      ++sums.tally.good;
      if (!small) add_large(total);
      const GroupSums by_group = group_hits(hits, pattern_);
      for (std::size_t group = 0; group < by_group.size(); ++group) sums.hits[group].push_back(by_group[group]);
      return;
    }
    ++(quality == AcquisitionQuality::empty ? sums.tally.empty : sums.tally.bad);
    if (small) remove_small(text);
  }

  /// Small counts are added up in a byte first, as many as it holds: a quarter of the memory to go through. False
  /// when these are none, and nothing has been added.
  bool add_small(std::span<const char> text, std::span<std::uint32_t> total) {
    if (!add_small_counts(text, subtotal_, small_)) return false;
    if (subtotal_bound_ + small_.largest > 255) {
      subtract_small_counts(text, subtotal_);
      add_subtotal(total);
      add_small_counts(text, subtotal_, small_);
    }
    subtotal_bound_ += small_.largest;
    take_masked();
    return true;
  }

  void remove_small(std::span<const char> text) {
    subtract_small_counts(text, subtotal_);
    subtotal_bound_ -= small_.largest;
    take_masked();
  }

  /// Sets masked_hits_ to the masked pixels' part of the subtotal, which is 0 after this.
  void take_masked() {
    for (std::size_t i = 0; i < masked_.size(); ++i) masked_hits_[i] = std::exchange(subtotal_[masked_[i]], 0);
  }

  void add_subtotal(std::span<std::uint32_t> total) {
    if (subtotal_bound_ > 0 && !move_small_counts(subtotal_, total)) fail_with_overflow();
    subtotal_bound_ = 0;
  }

  void add_large(std::span<std::uint32_t> total) const {
    bool overflow = false;
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      total[pixel] += counts_[pixel];
      overflow |= mask_[pixel] == 0 && total[pixel] < counts_[pixel];
    }
    if (overflow) fail_with_overflow();
  }

  [[noreturn]] void fail_with_overflow() const {
    throw InputError(fmt::format("{}: the hits of a pixel add up to more than 4294967295", (folder_ / name_).string()),
                     "sums are kept in 32 bits", "Reject the acquisitions with such counts");
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
  std::vector<std::uint8_t> masked_hits_ = std::vector<std::uint8_t>(masked_.size());  ///< of small_
  alignas(64) std::array<std::uint8_t, pixel_count> subtotal_{};                       ///< masked pixels: 0
  int subtotal_bound_ = 0;                                                             ///< no sum in it is larger
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

/// Returns the line of its file, if there is one.
std::string set_mask(const Dataset& dataset, const ScanSettings& scan, FluxCube& cube) {
  auto mask = read_mask(mask_path(dataset, scan));
  cube.mask_found = mask.has_value();
  if (!mask) return {};
  cube.mask = std::move(*mask);
  return file_line(mask_path(dataset, scan));
}

/// Returns the lines of its files.
std::string set_baseline(const Dataset& dataset, const ScanSettings& scan, FluxCube& cube) {
  if (!scan.baseline_folder) return {};
  const auto folder = dataset.data_root / *scan.baseline_folder;
  cube.baseline = read_noise_baseline(folder, dataset.asic);
  return file_line(baseline_path(folder, dataset.asic)) + file_line(baseline_width_path(folder, dataset.asic));
}

}  // namespace

FluxCube accumulate_flux(const Dataset& dataset, const ScanSettings& scan, int threads, Progress& progress) {
  FluxCube cube;
  cube.threshold = scan.thresholds.values();
  cube.separation = dataset.fit.separation;
  const std::size_t thresholds = cube.threshold.size();
  cube.counts.resize(thresholds * pixel_count);
  std::string inputs = set_mask(dataset, scan, cube);
  std::string baseline_inputs;
  std::vector<ThresholdSums> sums(thresholds);
  // That acquisitions are missing is the error to report, whatever else is found: it is that of the first task.
  const std::array<std::function<void()>, 2> first{[&] { require_acquisitions(dataset, scan); },
                                                   [&] { baseline_inputs = set_baseline(dataset, scan, cube); }};
  const std::size_t tasks = first.size() + thresholds;
  std::vector<std::unique_ptr<ThresholdAccumulator>> accumulators(
      static_cast<std::size_t>(worker_count(tasks, threads)));
  progress.start("reading", thresholds * static_cast<std::size_t>(scan.acquisitions.count), "files");
  parallel_for(tasks, threads, [&](std::size_t task, int worker) {
    if (task < first.size()) return first[task]();
    auto& accumulator = accumulators[static_cast<std::size_t>(worker)];
    if (!accumulator) accumulator = std::make_unique<ThresholdAccumulator>(dataset, scan, cube.mask, progress);
    const std::size_t t = task - first.size();
    sums[t] = (*accumulator)(cube.threshold[t], std::span(cube.counts).subspan(t * pixel_count, pixel_count));
  });
  progress.finish();

  inputs += baseline_inputs;
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
