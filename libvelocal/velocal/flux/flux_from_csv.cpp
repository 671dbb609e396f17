// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/flux_from_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/flux/asic_spread.hpp"
#include "velocal/flux/counts_of_flux.hpp"
#include "velocal/flux/group_sums.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/input_line.hpp"
#include "velocal/scan/mask.hpp"
#include "velocal/scan/matrix_parser.hpp"
#include "velocal/scan/required_files.hpp"

namespace velocal {
namespace {

/// Tells `seen` of each file, and lists it in `inputs`.
ContentsSeen listed_and_seen(std::string& inputs, const ContentsSeen& seen) {
  return [list = listed_in(inputs), &seen](const std::filesystem::path& file, std::span<const char> contents) {
    if (seen) seen(file, contents);
    list(file, contents);
  };
}

/// Nothing where the file holds `nan` alone.
std::optional<PixelMatrix<double>> read_fluxes(const std::filesystem::path& file, const ContentsSeen& seen) {
  FileReader reader;
  const auto contents = reader.read(file);
  seen(file, contents);
  const std::string_view text(contents.data(), contents.size());
  if (text.starts_with("nan") && text.find_first_not_of("na, \t\r\n") == std::string_view::npos) return {};
  return parse_matrix_csv(contents, file);
}

/// Reads one threshold after another into the cube; threads may read different ones at the same time.
class ThresholdReader {
 public:
  ThresholdReader(const std::filesystem::path& folder, const Dataset& dataset, const ScanSettings& scan, FluxCube& cube,
                  const ContentsSeen& seen)
      : folder_(folder), dataset_(dataset), scan_(scan), cube_(cube), seen_(seen) {}

  /// Returns the lines of the files.
  std::string read(std::size_t t) const {
    const int threshold = cube_.threshold[t], wanted = wanted_acquisitions(scan_, threshold);
    AcquisitionTally& tally = cube_.acquisitions[t];
    tally.rejected = static_cast<std::uint32_t>(scan_.acquisitions.count - wanted);
    if (wanted == 0) return {};
    std::string inputs;
    const auto flux = written(threshold, listed_and_seen(inputs, seen_));
    if (flux) take(t, *flux, wanted);
    tally.bad = static_cast<std::uint32_t>(wanted) - tally.good;
    return inputs;
  }

 private:
  std::optional<WrittenFlux> written(int threshold, const ContentsSeen& seen) const {
    const auto path = folder_ / flux_csv_name(csv_quantity::flux, dataset_, scan_, threshold);
    const auto error_path = folder_ / flux_csv_name(csv_quantity::flux_error, dataset_, scan_, threshold);
    auto value = read_fluxes(path, seen);
    auto error = read_fluxes(error_path, seen);
    if (value.has_value() != error.has_value()) {
      throw InputError(fmt::format("{} and {} do not belong together", path.string(), error_path.string()),
                       "one holds nan alone", "Copy both again");
    }
    if (!value) return {};
    return WrittenFlux{std::move(*value), std::move(*error), path};
  }

  void take(std::size_t t, const WrittenFlux& flux, int wanted) const {
    const std::uint32_t good = acquisitions_of(flux, scan_.shutter.seconds, wanted);
    cube_.acquisitions[t].good = good;
    cube_.live_time_s[t] = good * scan_.shutter.seconds;
    const auto counts = std::span(cube_.counts).subspan(t * pixel_count, pixel_count);
    take_counts(flux, cube_.live_time_s[t], counts);
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      if (cube_.mask[pixel] != 0) counts[pixel] = 0;
    }
  }

  const std::filesystem::path& folder_;
  const Dataset& dataset_;
  const ScanSettings& scan_;
  FluxCube& cube_;
  const ContentsSeen& seen_;
};

FluxCube empty_cube(const Dataset& dataset, const ScanSettings& scan) {
  FluxCube cube;
  cube.threshold = scan.thresholds.values();
  cube.counts.resize(cube.threshold_count() * pixel_count);
  cube.live_time_s.resize(cube.threshold_count());
  cube.acquisitions.resize(cube.threshold_count());
  cube.separation = dataset.fit.separation;
  cube.counter = static_cast<std::uint32_t>(std::max(scan.counter, counter_unlimited));
  return cube;
}

/// Mask and baseline, as accumulate_flux() takes them.
void take_equalisation(const Dataset& dataset, const ScanSettings& scan, const std::optional<GivenBaseline>& given,
                       FluxCube& cube) {
  const auto mask = read_mask(mask_path(dataset, scan), listed_in(cube.inputs));
  cube.mask_found = mask.has_value();
  if (mask) cube.mask = *mask;
  if (given) {
    require_valid(given->baseline);
    cube.inputs += given->input;
    cube.baseline = given->baseline;
  } else if (scan.baseline_folder) {
    const auto folder = dataset.data_root / *scan.baseline_folder;
    cube.baseline = read_noise_baseline(folder, dataset.asic, listed_in(cube.inputs), scan.baseline_kind);
    if (!scan.baseline_established) complete_cut_means(*cube.baseline);
  }
}

/// Hits of the group's pixels at each threshold.
std::vector<std::uint64_t> hits_of(const FluxCube& cube, PixelGroup group, int threads) {
  PixelMatrix<std::uint8_t> in_group;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    in_group[pixel] = contributes(pixel, cube.mask, group, cube.separation) ? 1 : 0;
  }
  std::vector<std::uint64_t> hits(cube.threshold_count());
  parallel_for(hits.size(), threads, [&](std::size_t t, int) {
    const auto counts = cube.counts_at(t);
    hits[t] = std::inner_product(counts.begin(), counts.end(), in_group.begin(), std::uint64_t{0}, std::plus{},
                                 [](std::uint64_t count, std::uint64_t taken) { return count * taken; });
  });
  return hits;
}

/// `spread`: of the group's flux over the acquisitions, relative to the flux; NaN where it is not known.
FluxCurve group_curve(const FluxCube& cube, const std::vector<std::uint64_t>& hits, std::uint64_t pixels,
                      double shutter_s, const std::vector<double>& spread) {
  FluxCurve curve;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    const double good = cube.acquisitions[t].good, sum = static_cast<double>(hits[t]);
    const bool defined = good > 0.0 && pixels > 0;
    const double flux = defined ? sum / good * (1.0 / (shutter_s * static_cast<double>(pixels))) : undefined;
    const double relative = std::isnan(spread[t]) ? std::sqrt(good / std::max(sum, 1.0)) : spread[t];
    curve.threshold.push_back(cube.threshold[t]);
    curve.flux.push_back(flux);
    curve.error.push_back(flux * relative);
  }
  return curve;
}

void make_asic_curves(FluxCube& cube, double shutter_s, const std::vector<double>& spread, int threads) {
  const GroupSums pixels = group_pixels(cube.mask, cube.separation);
  const std::vector<double> unknown(cube.threshold_count(), undefined);
  for (const PixelGroup group : pixel_groups) {
    const auto place = static_cast<std::size_t>(group);
    cube.asic[place] = group_curve(cube, hits_of(cube, group, threads), pixels[place], shutter_s,
                                   group == PixelGroup::all ? spread : unknown);
  }
}

}  // namespace

FluxCube flux_from_csv(const std::filesystem::path& folder, const Dataset& dataset, const ScanSettings& scan,
                       const std::optional<GivenBaseline>& given, int threads, Progress& progress,
                       const ContentsSeen& seen) {
  require_flux_csv(folder, dataset, scan);
  FluxCube cube = empty_cube(dataset, scan);
  take_equalisation(dataset, scan, given, cube);
  const ThresholdReader reader(folder, dataset, scan, cube, seen);
  std::vector<std::string> lines(cube.threshold_count());
  progress.start("reading", lines.size(), "thresholds");
  parallel_for(lines.size(), threads, [&](std::size_t t, int) {
    lines[t] = reader.read(t);
    progress.advance(1);
  });
  progress.finish();
  for (const std::string& line : lines) cube.inputs += line;
  const std::vector<double> spread = relative_asic_spread(folder, dataset, scan, listed_and_seen(cube.inputs, seen));
  make_asic_curves(cube, scan.shutter.seconds, spread, threads);
  cube.inputs_sha256 = sha256_hex(std::as_bytes(std::span(cube.inputs)));
  require_whole(cube);
  return cube;
}

}  // namespace velocal
