// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/accumulate_flux.hpp"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "velocal/core/parallel_for.hpp"
#include "velocal/flux/acquisition_adder.hpp"
#include "velocal/flux/flux_sums.hpp"
#include "velocal/flux/input_line.hpp"
#include "velocal/scan/csv_folder.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/mask.hpp"

namespace velocal {
namespace {

/// What each thread has of its own.
struct Worker {
  Worker(const AcquisitionSource& source, FluxSums& sums) : reader(source.reader()), adder(sums) {}

  std::unique_ptr<AcquisitionReader> reader;
  AcquisitionAdder adder;
};

/// Appends the line of each file that is read.
ContentsSeen listed_in(std::string& lines) {
  return [&lines](const std::filesystem::path& file, std::span<const char> contents) {
    lines += input_line(file.filename().string(), std::as_bytes(contents));
  };
}

}  // namespace

FluxCube accumulate_flux(const AcquisitionSource& source, FluxSettings settings, int threads, Progress& progress) {
  FluxSums sums(std::move(settings));
  const std::vector<int>& thresholds = sums.threshold();
  const AcquisitionRange range = source.acquisitions();
  std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(worker_count(thresholds.size(), threads)));
  progress.start("reading", thresholds.size() * static_cast<std::size_t>(range.count), "files");
  parallel_for(thresholds.size(), threads, [&](std::size_t t, int thread) {
    auto& worker = workers[static_cast<std::size_t>(thread)];
    if (!worker) worker = std::make_unique<Worker>(source, sums);
    for (int number = range.first; number < range.first + range.count; ++number) {
      if (!sums.reject(t, number)) worker->adder.add(t, number, worker->reader->read(thresholds[t], number));
      progress.advance(1);
    }
    worker->adder.finish_threshold(t);
  });
  progress.finish();
  return std::move(sums).cube();
}

FluxCube accumulate_flux(const Dataset& dataset, const ScanSettings& scan, int threads, Progress& progress) {
  FluxSettings settings;
  settings.threshold = scan.thresholds.values();
  settings.shutter_s = scan.shutter.seconds;
  settings.reject = scan.reject;
  settings.separation = dataset.fit.separation;
  std::optional<CsvFolder> source;
  std::string baseline_lines;
  // When several fail, the error to report is that of the first: that acquisitions are missing rather than a baseline.
  const std::array<std::function<void()>, 3> opening{
      [&] { settings.mask = read_mask(mask_path(dataset, scan), listed_in(settings.inputs)); },
      [&] { source.emplace(dataset, scan); },
      [&] {
        if (!scan.baseline_folder) return;
        const auto folder = dataset.data_root / *scan.baseline_folder;
        settings.baseline = read_noise_baseline(folder, dataset.asic, listed_in(baseline_lines));
      }};
  parallel_for(opening.size(), threads, [&](std::size_t task, int) { opening[task](); });
  settings.inputs += baseline_lines;
  return accumulate_flux(*source, std::move(settings), threads, progress);
}

}  // namespace velocal
